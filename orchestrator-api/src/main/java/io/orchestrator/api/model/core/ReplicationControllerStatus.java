package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

@Description("Replication controller status.")
@RecordBuilder
public record ReplicationControllerStatus(
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
        List<ReplicationControllerCondition> conditions)
        implements ReplicationControllerStatusBuilder.With {
    public static final ReplicationControllerStatus EMPTY =
            ReplicationControllerStatusBuilder.builder().build();

    public ReplicationControllerStatus {
        conditions = Fields.list(conditions);
    }

    public Optional<ReplicationControllerCondition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
