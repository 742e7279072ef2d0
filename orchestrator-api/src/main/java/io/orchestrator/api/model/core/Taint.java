package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Taint.")
@RecordBuilder
public record Taint(
        @Field(value = "Key.", tag = 1, required = true, alwaysWritten = true)
        String key,

        @Field(value = "Value.", tag = 2) String value,

        @Field(
                value = "Effect.",
                tag = 3,
                required = true,
                alwaysWritten = true,
                enumValues = {TaintEffect.NO_SCHEDULE, TaintEffect.PREFER_NO_SCHEDULE, TaintEffect.NO_EXECUTE})
        String effect,

        @Field(value = "Time added.", tag = 4) @Nullable Time timeAdded)
        implements TaintBuilder.With {
    public static final Taint EMPTY = TaintBuilder.builder().build();

    public Taint {
        key = Fields.text(key);
        value = Fields.text(value);
        effect = Fields.text(effect);
    }
}
