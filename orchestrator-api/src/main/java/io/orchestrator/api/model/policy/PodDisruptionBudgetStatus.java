package io.orchestrator.api.model.policy;

import io.orchestrator.api.meta.Condition;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

@Description("How the pods are, and how many may go.")
@RecordBuilder
public record PodDisruptionBudgetStatus(
        @Field(value = "The generation of the object that this status speaks of.", tag = 1)
        long observedGeneration,

        @Field(value = "Pods whose eviction was granted and which are not seen to go yet.", tag = 2)
        Map<String, Time> disruptedPods,

        @Field(value = "How many pods may be evicted now.", tag = 3, required = true, alwaysWritten = true)
        int disruptionsAllowed,

        @Field(value = "How many pods are healthy.", tag = 4, required = true, alwaysWritten = true)
        int currentHealthy,

        @Field(value = "How many pods must be healthy.", tag = 5, required = true, alwaysWritten = true)
        int desiredHealthy,

        @Field(value = "How many pods are counted.", tag = 6, required = true, alwaysWritten = true)
        int expectedPods,

        @Field(
                value = "The latest observations on single aspects.",
                tag = 7,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<Condition> conditions)
        implements PodDisruptionBudgetStatusBuilder.With {
    public static final PodDisruptionBudgetStatus EMPTY =
            PodDisruptionBudgetStatusBuilder.builder().build();

    public PodDisruptionBudgetStatus {
        disruptedPods = Fields.map(disruptedPods);
        conditions = Fields.list(conditions);
    }
}
