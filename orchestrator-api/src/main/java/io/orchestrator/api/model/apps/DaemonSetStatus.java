package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Daemon set status.")
@RecordBuilder
public record DaemonSetStatus(
        @Field(value = "Current number scheduled.", tag = 1, required = true, alwaysWritten = true)
        int currentNumberScheduled,

        @Field(value = "Number misscheduled.", tag = 2, required = true, alwaysWritten = true)
        int numberMisscheduled,

        @Field(value = "Desired number scheduled.", tag = 3, required = true, alwaysWritten = true)
        int desiredNumberScheduled,

        @Field(value = "Number ready.", tag = 4, required = true, alwaysWritten = true)
        int numberReady,

        @Field(value = "Observed generation.", tag = 5) long observedGeneration,
        @Field(value = "Updated number scheduled.", tag = 6) int updatedNumberScheduled,
        @Field(value = "Number available.", tag = 7) int numberAvailable,
        @Field(value = "Number unavailable.", tag = 8) int numberUnavailable,

        @Field(value = "Collision count.", tag = 9) @Nullable
        Integer collisionCount,

        @Field(
                value = "Conditions.",
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
