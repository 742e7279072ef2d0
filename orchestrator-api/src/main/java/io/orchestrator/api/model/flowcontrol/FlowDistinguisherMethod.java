package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("What tells flows apart.")
@RecordBuilder
public record FlowDistinguisherMethod(
        @Field(
                value = "By user or by namespace.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                enumValues = {"ByUser", "ByNamespace"})
        String type)
        implements FlowDistinguisherMethodBuilder.With {
    public static final FlowDistinguisherMethod EMPTY =
            FlowDistinguisherMethodBuilder.builder().build();

    public FlowDistinguisherMethod {
        type = Fields.text(type);
    }
}
