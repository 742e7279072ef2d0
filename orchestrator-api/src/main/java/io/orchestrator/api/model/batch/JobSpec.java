package io.orchestrator.api.model.batch;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Job spec.")
@RecordBuilder
public record JobSpec(
        @Field(value = "Parallelism.", tag = 1) @Nullable Integer parallelism,
        @Field(value = "Completions.", tag = 2) @Nullable Integer completions,

        @Field(value = "Active deadline seconds.", tag = 3) @Nullable
        Long activeDeadlineSeconds,

        @Field(value = "Pod failure policy.", tag = 11) @Nullable
        PodFailurePolicy podFailurePolicy,

        @Field(value = "Success policy.", tag = 16) @Nullable
        SuccessPolicy successPolicy,

        @Field(value = "Backoff limit.", tag = 7) @Nullable Integer backoffLimit,

        @Field(value = "Backoff limit per index.", tag = 12) @Nullable
        Integer backoffLimitPerIndex,

        @Field(value = "Max failed indexes.", tag = 13) @Nullable
        Integer maxFailedIndexes,

        @Field(value = "Selector.", tag = 4) @Nullable LabelSelector selector,

        @Field(value = "Manual selector.", tag = 5) @Nullable
        Boolean manualSelector,

        @Field(value = "Template.", tag = 6, required = true)
        PodTemplateSpec template,

        @Field(value = "Ttl seconds after finished.", tag = 8) @Nullable
        Integer ttlSecondsAfterFinished,

        @Field(
                value = "Completion mode.",
                tag = 9,
                enumValues = {CompletionMode.NON_INDEXED, CompletionMode.INDEXED})
        @Nullable
        String completionMode,

        @Field(value = "Suspend.", tag = 10) @Nullable Boolean suspend,

        @Field(
                value = "Pod replacement policy.",
                tag = 14,
                enumValues = {PodReplacementPolicy.TERMINATING_OR_FAILED, PodReplacementPolicy.FAILED})
        @Nullable
        String podReplacementPolicy,

        @Field(value = "Managed by.", tag = 15) @Nullable String managedBy)
        implements JobSpecBuilder.With {
    public static final JobSpec EMPTY = JobSpecBuilder.builder().build();

    public JobSpec {
        template = Fields.orElse(template, PodTemplateSpec.EMPTY);
    }
}
