package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Lets a pod put up with taints.")
@RecordBuilder
public record Toleration(
        @Field(value = "The key of the taint; empty, with Exists, for all.", tag = 1)
        String key,

        @Field(
                value = "Whether the value counts.",
                tag = 2,
                enumValues = {TolerationOperator.EXISTS, TolerationOperator.EQUAL})
        String operator,

        @Field(value = "The value of the taint, for Equal.", tag = 3)
        String value,

        @Field(
                value = "The effect of the taint; empty for all.",
                tag = 4,
                enumValues = {TaintEffect.NO_SCHEDULE, TaintEffect.PREFER_NO_SCHEDULE, TaintEffect.NO_EXECUTE})
        String effect,

        @Field(value = "How long it stays after a taint that drives pods out; absent for ever.", tag = 5) @Nullable
        Long tolerationSeconds)
        implements TolerationBuilder.With {
    public static final Toleration EMPTY = TolerationBuilder.builder().build();

    public Toleration {
        key = Fields.text(key);
        operator = Fields.text(operator);
        value = Fields.text(value);
        effect = Fields.text(effect);
    }
}
