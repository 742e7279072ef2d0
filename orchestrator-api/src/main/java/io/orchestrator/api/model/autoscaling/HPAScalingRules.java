package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("How fast it goes in one direction.")
@RecordBuilder
public record HPAScalingRules(
        @Field(value = "How far back former recommendations are looked at.", tag = 3) @Nullable
        Integer stabilizationWindowSeconds,

        @Field(value = "Which of the policies decides.", tag = 1) @Nullable
        String selectPolicy,

        @Field(value = "How much may change in which time.", tag = 2, listType = ListType.ATOMIC)
        List<HPAScalingPolicy> policies)
        implements HPAScalingRulesBuilder.With {
    public static final HPAScalingRules EMPTY = HPAScalingRulesBuilder.builder().build();

    public HPAScalingRules {
        policies = Fields.list(policies);
    }
}
