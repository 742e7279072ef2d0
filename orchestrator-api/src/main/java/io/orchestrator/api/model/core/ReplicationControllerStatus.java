package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

@Description("How many pods there are, and in which state.")
@RecordBuilder
public record ReplicationControllerStatus(
        @Field(value = "How many pods there are.", tag = 1, required = true, alwaysWritten = true)
        int replicas,

        @Field(value = "How many of them have all labels of the template.", tag = 2)
        int fullyLabeledReplicas,

        @Field(value = "How many of them are ready.", tag = 4)
        int readyReplicas,

        @Field(value = "How many of them have been ready for long enough.", tag = 5)
        int availableReplicas,

        @Field(value = "The generation of the object that this status speaks of.", tag = 3)
        long observedGeneration,

        @Field(
                value = "The latest observations on single aspects.",
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
