package io.orchestrator.core.registry.defaults;

import io.orchestrator.api.meta.LabelSelectorBuilder;
import io.orchestrator.api.model.batch.CompletionMode;
import io.orchestrator.api.model.batch.ConcurrencyPolicy;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.CronJobSpec;
import io.orchestrator.api.model.batch.CronJobSpecBuilder;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobBuilder;
import io.orchestrator.api.model.batch.JobSpec;
import io.orchestrator.api.model.batch.JobSpecBuilder;
import io.orchestrator.api.model.batch.JobStatus;
import io.orchestrator.api.model.batch.PodFailurePolicy;
import io.orchestrator.api.model.batch.PodFailurePolicyOnPodConditionsPattern;
import io.orchestrator.api.model.batch.PodReplacementPolicy;
import io.orchestrator.api.model.core.PodTemplateSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Kubernetes fills in for the kinds that run pods to their end. */
public final class BatchDefaults {
    private static final int BACKOFF_LIMIT = 6;
    private static final int SUCCESSFUL_KEPT = 3;
    private static final int FAILED_KEPT = 1;

    private BatchDefaults() {}

    public static Job of(Job job) {
        return JobBuilder.builder(job).spec(of(job.spec())).build();
    }

    static JobSpec of(JobSpec spec) {
        boolean one = spec.parallelism() == null && spec.completions() == null;
        boolean perIndex = spec.backoffLimitPerIndex() != null;
        return JobSpecBuilder.builder(spec)
                .parallelism(or(spec.parallelism(), 1))
                .completions(one ? Integer.valueOf(1) : spec.completions())
                .backoffLimit(or(spec.backoffLimit(), perIndex ? Integer.MAX_VALUE : BACKOFF_LIMIT))
                .completionMode(or(spec.completionMode(), CompletionMode.NON_INDEXED))
                .suspend(or(spec.suspend(), false))
                .podReplacementPolicy(or(
                        spec.podReplacementPolicy(),
                        spec.podFailurePolicy() == null
                                ? PodReplacementPolicy.TERMINATING_OR_FAILED
                                : PodReplacementPolicy.FAILED))
                .podFailurePolicy(of(spec.podFailurePolicy()))
                .template(PodDefaults.of(spec.template()))
                .build();
    }

    /** The job of a cron job gets its own defaults when it is made; only its pods are complete from the start. */
    public static CronJob of(CronJob job) {
        CronJobSpec spec = job.spec();
        JobSpec made = spec.jobTemplate().spec();
        return job.withSpec(CronJobSpecBuilder.builder(spec)
                .concurrencyPolicy(ContainerDefaults.or(spec.concurrencyPolicy(), ConcurrencyPolicy.ALLOW))
                .suspend(or(spec.suspend(), false))
                .successfulJobsHistoryLimit(or(spec.successfulJobsHistoryLimit(), SUCCESSFUL_KEPT))
                .failedJobsHistoryLimit(or(spec.failedJobsHistoryLimit(), FAILED_KEPT))
                .jobTemplate(spec.jobTemplate()
                        .withSpec(JobSpecBuilder.builder(made)
                                .podFailurePolicy(of(made.podFailurePolicy()))
                                .template(PodDefaults.of(made.template()))
                                .build()))
                .build());
    }

    private static @Nullable PodFailurePolicy of(@Nullable PodFailurePolicy policy) {
        return policy == null
                ? null
                : new PodFailurePolicy(policy.rules().stream()
                        .map(rule -> rule.withOnPodConditions(rule.onPodConditions().stream()
                                .map(BatchDefaults::of)
                                .toList()))
                        .toList());
    }

    private static PodFailurePolicyOnPodConditionsPattern of(PodFailurePolicyOnPodConditionsPattern pattern) {
        return pattern.status().isEmpty() ? pattern.withStatus("True") : pattern;
    }

    /** A job gets labels and a selector that are its alone, unless its author chose a selector. */
    public static Job selected(Job job) {
        JobSpec spec = job.spec();
        String uid = job.metadata().uid();
        PodTemplateSpec template = spec.template();
        Map<String, String> labels = new LinkedHashMap<>(template.metadata().labels());
        JobSpecBuilder edited = JobSpecBuilder.builder(spec);
        if (!Boolean.TRUE.equals(spec.manualSelector())) {
            labels.put("controller-uid", uid);
            labels.put("job-name", job.metadata().name());
            labels.put("batch.kubernetes.io/controller-uid", uid);
            labels.put("batch.kubernetes.io/job-name", job.metadata().name());
            edited.template(template.withMetadata(template.metadata().withLabels(labels)));
            if (spec.selector() == null) {
                edited.selector(LabelSelectorBuilder.builder()
                        .matchLabels(Map.of("batch.kubernetes.io/controller-uid", uid))
                        .build());
            }
        }
        return JobBuilder.builder(job)
                .spec(edited.build())
                .status(JobStatus.EMPTY)
                .build();
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return Objects.requireNonNullElse(given, otherwise);
    }
}
