package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("How far the daemon set has come.")
@RecordBuilder
public record DaemonSetStatus(
        @Field(value = "How many nodes run the pod and should.", tag = 1, required = true, alwaysWritten = true)
        int currentNumberScheduled,

        @Field(value = "How many nodes run the pod and should not.", tag = 2, required = true, alwaysWritten = true)
        int numberMisscheduled,

        @Field(value = "How many nodes should run the pod.", tag = 3, required = true, alwaysWritten = true)
        int desiredNumberScheduled,

        @Field(value = "On how many nodes the pod is ready.", tag = 4, required = true, alwaysWritten = true)
        int numberReady,

        @Field(value = "The generation of the object that this status speaks of.", tag = 5)
        long observedGeneration,

        @Field(value = "On how many nodes the pod follows the present template.", tag = 6)
        int updatedNumberScheduled,

        @Field(value = "On how many nodes the pod has been ready for long enough.", tag = 7)
        int numberAvailable,

        @Field(value = "On how many nodes the pod is missing or not yet available.", tag = 8)
        int numberUnavailable,

        @Field(value = "How often the hash in a name had to be changed because the name was taken.", tag = 9) @Nullable
        Integer collisionCount,

        @Field(
                value = "The latest observations on single aspects.",
                tag = 10,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<DaemonSetCondition> conditions)
        implements DaemonSetStatusBuilder.With {
    public static final DaemonSetStatus EMPTY = DaemonSetStatusBuilder.builder().build();

    public DaemonSetStatus {
        conditions = Fields.list(conditions);
    }
}
