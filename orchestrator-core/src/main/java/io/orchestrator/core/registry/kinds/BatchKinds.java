package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.CronJobStatus;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.defaults.BatchDefaults;
import io.orchestrator.core.registry.validation.BatchValidation;
import io.orchestrator.core.registry.validation.CronJobValidation;
import java.util.List;

/** The kinds that run pods to their end. */
final class BatchKinds {
    private BatchKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(job(), cronJob());
    }

    private static ResourceStrategy<Job> job() {
        return ResourceStrategy.of(Job.TYPE)
                .defaults(BatchDefaults::of)
                .prepareCreate(BatchDefaults::selected)
                .validation(BatchValidation::job)
                .updateValidation(BatchValidation::jobUpdate)
                .status((job, source) -> job.withStatus(source.status()))
                .statusKeepsLabels()
                .generationOf(Job::spec)
                .field("status.successful", job -> Integer.toString(job.status().succeeded()))
                .build();
    }

    private static ResourceStrategy<CronJob> cronJob() {
        return ResourceStrategy.of(CronJob.TYPE)
                .defaults(BatchDefaults::of)
                .prepareCreate(job -> job.withStatus(CronJobStatus.EMPTY))
                .validation(CronJobValidation::cronJob)
                .updateValidation(CronJobValidation::cronJobUpdate)
                .status((job, source) -> job.withStatus(source.status()))
                .generationOf(CronJob::spec)
                .build();
    }
}
