package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("What a kind is called.")
@RecordBuilder
public record CustomResourceDefinitionNames(
        @Field(value = "The name in paths.", required = true, alwaysWritten = true)
        String plural,

        @Field("The name for one; the kind in lower case if empty.")
        String singular,

        @Field(value = "Short names for command lines.", listType = ListType.ATOMIC)
        List<String> shortNames,

        @Field(value = "The kind, in camel case.", required = true, alwaysWritten = true)
        String kind,

        @Field("The kind of a list of them; the kind and List if empty.")
        String listKind,

        @Field(value = "Groups of kinds that it belongs to, such as all.", listType = ListType.ATOMIC)
        List<String> categories)
        implements CustomResourceDefinitionNamesBuilder.With {
    public static final CustomResourceDefinitionNames EMPTY =
            CustomResourceDefinitionNamesBuilder.builder().build();

    public CustomResourceDefinitionNames {
        plural = Fields.text(plural);
        singular = Fields.text(singular);
        shortNames = Fields.list(shortNames);
        kind = Fields.text(kind);
        listKind = Fields.text(listKind);
        categories = Fields.list(categories);
    }
}
