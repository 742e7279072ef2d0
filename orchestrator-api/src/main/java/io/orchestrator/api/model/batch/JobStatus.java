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

@Description("How far the job has come.")
@RecordBuilder
public record JobStatus(
        @Field(
                value = "The latest observations on single aspects.",
                tag = 1,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.ATOMIC)
        List<JobCondition> conditions,

        @Field(value = "When the job was begun, or last resumed.", tag = 2) @Nullable
        Time startTime,

        @Field(value = "When the job was done.", tag = 3) @Nullable
        Time completionTime,

        @Field(value = "How many pods are pending or running.", tag = 4)
        int active,

        @Field(value = "How many pods have succeeded.", tag = 5)
        int succeeded,

        @Field(value = "How many pods have failed.", tag = 6)
        int failed,

        @Field(value = "How many pods are about to end.", tag = 11) @Nullable
        Integer terminating,

        @Field(value = "The indexes that are done, such as 0-2,5.", tag = 7)
        String completedIndexes,

        @Field(value = "The indexes that have failed, such as 3,4.", tag = 10) @Nullable
        String failedIndexes,

        @Field(value = "Pods that have ended but are not counted yet.", tag = 8) @Nullable
        UncountedTerminatedPods uncountedTerminatedPods,

        @Field(value = "How many active pods are ready.", tag = 9) @Nullable
        Integer ready)
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
