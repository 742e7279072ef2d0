package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

@Description("Replica set status.")
@RecordBuilder
public record ReplicaSetStatus(
        @Field(value = "Replicas.", tag = 1, required = true, alwaysWritten = true)
        int replicas,

        @Field(value = "Fully labeled replicas.", tag = 2) int fullyLabeledReplicas,
        @Field(value = "Ready replicas.", tag = 4) int readyReplicas,
        @Field(value = "Available replicas.", tag = 5) int availableReplicas,
        @Field(value = "Observed generation.", tag = 3) long observedGeneration,

        @Field(
                value = "Conditions.",
                tag = 6,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<ReplicaSetCondition> conditions)
        implements ReplicaSetStatusBuilder.With {
    public static final ReplicaSetStatus EMPTY =
            ReplicaSetStatusBuilder.builder().build();

    public ReplicaSetStatus {
        conditions = Fields.list(conditions);
    }

    public Optional<ReplicaSetCondition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
