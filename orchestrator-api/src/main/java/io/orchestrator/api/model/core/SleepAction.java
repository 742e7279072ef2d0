package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A pause.")
@RecordBuilder
public record SleepAction(
        @Field(value = "How long it lasts.", tag = 1, required = true, alwaysWritten = true)
        long seconds) implements SleepActionBuilder.With {
    public static final SleepAction EMPTY = SleepActionBuilder.builder().build();
}
