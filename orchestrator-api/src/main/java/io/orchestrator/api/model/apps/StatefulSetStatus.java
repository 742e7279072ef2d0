package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Stateful set status.")
@RecordBuilder
public record StatefulSetStatus(
        @Field(value = "Observed generation.", tag = 1) long observedGeneration,

        @Field(value = "Replicas.", tag = 2, required = true, alwaysWritten = true)
        int replicas,

        @Field(value = "Ready replicas.", tag = 3) int readyReplicas,
        @Field(value = "Current replicas.", tag = 4) int currentReplicas,
        @Field(value = "Updated replicas.", tag = 5) int updatedReplicas,
        @Field(value = "Current revision.", tag = 6) String currentRevision,
        @Field(value = "Update revision.", tag = 7) String updateRevision,

        @Field(value = "Collision count.", tag = 9) @Nullable
        Integer collisionCount,

        @Field(
                value = "Conditions.",
                tag = 10,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<StatefulSetCondition> conditions,

        @Field(value = "Available replicas.", tag = 11, alwaysWritten = true)
        int availableReplicas)
        implements StatefulSetStatusBuilder.With {
    public static final StatefulSetStatus EMPTY =
            StatefulSetStatusBuilder.builder().build();

    public StatefulSetStatus {
        currentRevision = Fields.text(currentRevision);
        updateRevision = Fields.text(updateRevision);
        conditions = Fields.list(conditions);
    }
}
