package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A kind as it is wanted.")
@RecordBuilder
public record CustomResourceDefinitionSpec(
        @Field(
                value = "The API group, which is that of a domain. The name of the definition is the plural name, a"
                        + " dot and this.",
                required = true,
                alwaysWritten = true)
        String group,

        @Field(value = "What the kind is called.", required = true)
        CustomResourceDefinitionNames names,

        @Field(
                value = "Whether objects lie in namespaces: Namespaced or Cluster.",
                required = true,
                alwaysWritten = true)
        String scope,

        @Field(
                value = "The versions, of which one is stored.",
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<CustomResourceDefinitionVersion> versions,

        @Field("How objects get from one version to another.") @Nullable
        CustomResourceConversion conversion,

        @Field("Of older versions of the API; must be false.")
        boolean preserveUnknownFields)
        implements CustomResourceDefinitionSpecBuilder.With {
    public static final CustomResourceDefinitionSpec EMPTY =
            CustomResourceDefinitionSpecBuilder.builder().build();

    public CustomResourceDefinitionSpec {
        group = Fields.text(group);
        names = Fields.orElse(names, CustomResourceDefinitionNames.EMPTY);
        scope = Fields.text(scope);
        versions = Fields.list(versions);
    }
}
