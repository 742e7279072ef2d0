package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("One way for an indexed job to count as done.")
@RecordBuilder
public record SuccessPolicyRule(
        @Field(value = "The indexes that must succeed, such as 0-2,5.", tag = 1) @Nullable
        String succeededIndexes,

        @Field(value = "How many indexes must succeed.", tag = 2) @Nullable
        Integer succeededCount)
        implements SuccessPolicyRuleBuilder.With {
    public static final SuccessPolicyRule EMPTY =
            SuccessPolicyRuleBuilder.builder().build();
}
