package io.orchestrator.api.model.batch;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Description("Job status.")
@RecordBuilder
public record JobStatus(
        @Field(
                value = "Conditions.",
                tag = 1,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.ATOMIC)
        List<JobCondition> conditions,

        @Field(value = "Start time.", tag = 2) @Nullable Time startTime,

        @Field(value = "Completion time.", tag = 3) @Nullable
        Time completionTime,

        @Field(value = "Active.", tag = 4) int active,
        @Field(value = "Succeeded.", tag = 5) int succeeded,
        @Field(value = "Failed.", tag = 6) int failed,
        @Field(value = "Terminating.", tag = 11) @Nullable Integer terminating,
        @Field(value = "Completed indexes.", tag = 7) String completedIndexes,

        @Field(value = "Failed indexes.", tag = 10) @Nullable
        String failedIndexes,

        @Field(value = "Uncounted terminated pods.", tag = 8) @Nullable
        UncountedTerminatedPods uncountedTerminatedPods,

        @Field(value = "Ready.", tag = 9) @Nullable Integer ready)
        implements JobStatusBuilder.With {
    public static final JobStatus EMPTY = JobStatusBuilder.builder().build();

    public JobStatus {
        conditions = Fields.list(conditions);
        completedIndexes = Fields.text(completedIndexes);
    }

    public Optional<JobCondition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
