package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A mark on a node that only pods with a fitting toleration put up with.")
@RecordBuilder
public record Taint(
        @Field(value = "The key of the taint.", tag = 1, required = true, alwaysWritten = true)
        String key,

        @Field(value = "A value that tolerations may ask for.", tag = 2)
        String value,

        @Field(
                value = "What happens to pods that do not tolerate it.",
                tag = 3,
                required = true,
                alwaysWritten = true,
                enumValues = {TaintEffect.NO_SCHEDULE, TaintEffect.PREFER_NO_SCHEDULE, TaintEffect.NO_EXECUTE})
        String effect,

        @Field(value = "Since when it drives pods out.", tag = 4) @Nullable
        Time timeAdded)
        implements TaintBuilder.With {
    public static final Taint EMPTY = TaintBuilder.builder().build();

    public Taint {
        key = Fields.text(key);
        value = Fields.text(value);
        effect = Fields.text(effect);
    }
}
