package io.orchestrator.api.model.policy;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The pods, and how many of them must stay.")
@RecordBuilder
public record PodDisruptionBudgetSpec(
        @Field(value = "How many must be available after an eviction: a number or a percentage.", tag = 1) @Nullable
        IntOrString minAvailable,

        @Field(value = "The pods, by their labels.", tag = 2, patch = PatchStrategy.REPLACE) @Nullable
        LabelSelector selector,

        @Field(value = "How many may be unavailable after an eviction: a number or a percentage.", tag = 3) @Nullable
        IntOrString maxUnavailable,

        @Field(
                value = "When pods may be evicted that are not healthy anyway.",
                tag = 4,
                enumValues = {
                    UnhealthyPodEvictionPolicyType.IF_HEALTHY_BUDGET,
                    UnhealthyPodEvictionPolicyType.ALWAYS_ALLOW
                })
        @Nullable
        String unhealthyPodEvictionPolicy)
        implements PodDisruptionBudgetSpecBuilder.With {
    public static final PodDisruptionBudgetSpec EMPTY =
            PodDisruptionBudgetSpecBuilder.builder().build();
}
