package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Toleration.")
@RecordBuilder
public record Toleration(
        @Field(value = "Key.", tag = 1) String key,

        @Field(
                value = "Operator.",
                tag = 2,
                enumValues = {TolerationOperator.EXISTS, TolerationOperator.EQUAL})
        String operator,

        @Field(value = "Value.", tag = 3) String value,

        @Field(
                value = "Effect.",
                tag = 4,
                enumValues = {TaintEffect.NO_SCHEDULE, TaintEffect.PREFER_NO_SCHEDULE, TaintEffect.NO_EXECUTE})
        String effect,

        @Field(value = "Toleration seconds.", tag = 5) @Nullable
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
