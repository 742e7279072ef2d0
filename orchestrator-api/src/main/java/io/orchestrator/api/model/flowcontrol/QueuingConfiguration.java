package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("How many requests may wait.")
@RecordBuilder
public record QueuingConfiguration(
        @Field(value = "The number of queues.", tag = 1, alwaysWritten = true)
        int queues,

        @Field(value = "Among how many of them a flow may choose.", tag = 2, alwaysWritten = true)
        int handSize,

        @Field(value = "How many requests one may hold.", tag = 3, alwaysWritten = true)
        int queueLengthLimit)
        implements QueuingConfigurationBuilder.With {
    public static final QueuingConfiguration EMPTY =
            QueuingConfigurationBuilder.builder().build();
}
