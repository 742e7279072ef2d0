package io.orchestrator.api.model.batch;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What is to be done, how often, and what to do about failures.")
@RecordBuilder
public record JobSpec(
        @Field(value = "How many pods may run at a time.", tag = 1) @Nullable
        Integer parallelism,

        @Field(value = "How many pods must succeed; absent if one success ends the job.", tag = 2) @Nullable
        Integer completions,

        @Field(value = "How long the job may be active before it is failed.", tag = 3) @Nullable
        Long activeDeadlineSeconds,

        @Field(value = "What single kinds of failure lead to.", tag = 11) @Nullable
        PodFailurePolicy podFailurePolicy,

        @Field(value = "When the job counts as done before all is completed.", tag = 16) @Nullable
        SuccessPolicy successPolicy,

        @Field(value = "How many failures are borne before the job fails.", tag = 7) @Nullable
        Integer backoffLimit,

        @Field(value = "The same for each index.", tag = 12) @Nullable
        Integer backoffLimitPerIndex,

        @Field(value = "How many failed indexes are borne before the job fails.", tag = 13) @Nullable
        Integer maxFailedIndexes,

        @Field(value = "Which pods are its own; the system sets it.", tag = 4) @Nullable
        LabelSelector selector,

        @Field(value = "Whether the selector was chosen by hand.", tag = 5) @Nullable
        Boolean manualSelector,

        @Field(value = "The pods that it makes.", tag = 6, required = true)
        PodTemplateSpec template,

        @Field(value = "How long the job is kept after its end.", tag = 8) @Nullable
        Integer ttlSecondsAfterFinished,

        @Field(
                value = "Whether each success counts the same or each index needs its own.",
                tag = 9,
                enumValues = {CompletionMode.NON_INDEXED, CompletionMode.INDEXED})
        @Nullable
        String completionMode,

        @Field(value = "Whether no pods may run for now.", tag = 10) @Nullable
        Boolean suspend,

        @Field(
                value = "When a pod that fails is replaced.",
                tag = 14,
                enumValues = {PodReplacementPolicy.TERMINATING_OR_FAILED, PodReplacementPolicy.FAILED})
        @Nullable
        String podReplacementPolicy,

        @Field(value = "The controller that runs the job, if it is another one.", tag = 15) @Nullable
        String managedBy)
        implements JobSpecBuilder.With {
    public static final JobSpec EMPTY = JobSpecBuilder.builder().build();

    public JobSpec {
        template = Fields.orElse(template, PodTemplateSpec.EMPTY);
    }
}
