package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("One header of a request.")
@RecordBuilder
public record HTTPHeader(
        @Field(value = "The name of the header.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The value of the header.", tag = 2, required = true, alwaysWritten = true)
        String value)
        implements HTTPHeaderBuilder.With {
    public static final HTTPHeader EMPTY = HTTPHeaderBuilder.builder().build();

    public HTTPHeader {
        name = Fields.text(name);
        value = Fields.text(value);
    }
}
