package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Http header.")
@RecordBuilder
public record HTTPHeader(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Value.", tag = 2, required = true, alwaysWritten = true)
        String value)
        implements HTTPHeaderBuilder.With {
    public static final HTTPHeader EMPTY = HTTPHeaderBuilder.builder().build();

    public HTTPHeader {
        name = Fields.text(name);
        value = Fields.text(value);
    }
}
