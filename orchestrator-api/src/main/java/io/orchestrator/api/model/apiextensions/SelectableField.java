package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A field that field selectors may name.")
@RecordBuilder
public record SelectableField(
        @Field(value = "The path to the value, which is a scalar.", required = true, alwaysWritten = true)
        String jsonPath)
        implements SelectableFieldBuilder.With {
    public static final SelectableField EMPTY = SelectableFieldBuilder.builder().build();

    public SelectableField {
        jsonPath = Fields.text(jsonPath);
    }
}
