package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A column of tables.")
@RecordBuilder
public record CustomResourceColumnDefinition(
        @Field(value = "The heading.", required = true, alwaysWritten = true)
        String name,

        @Field(value = "The type: integer, number, string, boolean or date.", required = true, alwaysWritten = true)
        String type,

        @Field("The format of the type.") String format,
        @Field("What the column shows.") String description,

        @Field("Zero is always shown, more only in wide tables.")
        int priority,

        @Field(value = "The path to the value.", required = true, alwaysWritten = true)
        String jsonPath)
        implements CustomResourceColumnDefinitionBuilder.With {
    public static final CustomResourceColumnDefinition EMPTY =
            CustomResourceColumnDefinitionBuilder.builder().build();

    public CustomResourceColumnDefinition {
        name = Fields.text(name);
        type = Fields.text(type);
        format = Fields.text(format);
        description = Fields.text(description);
        jsonPath = Fields.text(jsonPath);
    }
}
