package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Success policy rule.")
@RecordBuilder
public record SuccessPolicyRule(
        @Field(value = "Succeeded indexes.", tag = 1) @Nullable
        String succeededIndexes,

        @Field(value = "Succeeded count.", tag = 2) @Nullable
        Integer succeededCount)
        implements SuccessPolicyRuleBuilder.With {
    public static final SuccessPolicyRule EMPTY =
            SuccessPolicyRuleBuilder.builder().build();
}
