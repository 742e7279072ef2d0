package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A version of a kind.")
@RecordBuilder
public record CustomResourceDefinitionVersion(
        @Field(value = "The name, such as v1beta1.", required = true, alwaysWritten = true)
        String name,

        @Field(value = "Whether it is served.", required = true, alwaysWritten = true)
        boolean served,

        @Field(
                value = "Whether objects are stored in it; true of exactly one version.",
                required = true,
                alwaysWritten = true)
        boolean storage,

        @Field("Whether requests are answered with a warning.")
        boolean deprecated,

        @Field("The words of that warning.") @Nullable String deprecationWarning,
        @Field("What objects look like.") @Nullable CustomResourceValidation schema,
        @Field("The subresources.") @Nullable CustomResourceSubresources subresources,

        @Field(value = "The columns of tables, behind the name; the age if there are none.", listType = ListType.ATOMIC)
        List<CustomResourceColumnDefinition> additionalPrinterColumns,

        @Field(value = "The fields that field selectors may name.", listType = ListType.ATOMIC)
        List<SelectableField> selectableFields)
        implements CustomResourceDefinitionVersionBuilder.With {
    public static final CustomResourceDefinitionVersion EMPTY =
            CustomResourceDefinitionVersionBuilder.builder().build();

    public CustomResourceDefinitionVersion {
        name = Fields.text(name);
        additionalPrinterColumns = Fields.list(additionalPrinterColumns);
        selectableFields = Fields.list(selectableFields);
    }
}
