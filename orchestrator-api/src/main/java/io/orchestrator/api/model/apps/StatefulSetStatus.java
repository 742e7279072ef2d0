package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("How far the stateful set has come.")
@RecordBuilder
public record StatefulSetStatus(
        @Field(value = "The generation of the object that this status speaks of.", tag = 1)
        long observedGeneration,

        @Field(value = "How many pods there are.", tag = 2, required = true, alwaysWritten = true)
        int replicas,

        @Field(value = "How many of them are ready.", tag = 3)
        int readyReplicas,

        @Field(value = "How many of them follow the current revision.", tag = 4)
        int currentReplicas,

        @Field(value = "How many of them follow the update revision.", tag = 5)
        int updatedReplicas,

        @Field(value = "The revision that pods are replaced from.", tag = 6)
        String currentRevision,

        @Field(value = "The revision that pods are replaced by.", tag = 7)
        String updateRevision,

        @Field(value = "How often the hash in a name had to be changed because the name was taken.", tag = 9) @Nullable
        Integer collisionCount,

        @Field(
                value = "The latest observations on single aspects.",
                tag = 10,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<StatefulSetCondition> conditions,

        @Field(value = "How many of them have been ready for long enough.", tag = 11, alwaysWritten = true)
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
