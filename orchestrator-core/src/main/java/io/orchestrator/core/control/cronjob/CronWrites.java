package io.orchestrator.core.control.cronjob;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.CronJobStatus;
import io.orchestrator.api.model.batch.CronJobStatusBuilder;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.pods.Ownership;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out one {@link CronPlan}. Confined to one call. */
final class CronWrites {
    private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

    private final CronJob cron;
    private final ObjectKey key;
    private final Context context;
    private final Expectations expectations;
    private final ResourceClient<Job> jobs;

    CronWrites(CronJob cron, Context context, Expectations expectations) {
        this.cron = cron;
        this.key = ObjectKey.of(cron);
        this.context = context;
        this.expectations = expectations;
        this.jobs = context.client().resources(Job.TYPE).inNamespace(key.namespace());
    }

    void carryOut(CronPlan plan, ZoneId zone) {
        plan.told().forEach(this::tell);
        List<ObjectReference> active = new ArrayList<>(plan.active());
        plan.missing().stream().filter(this::isStillThere).forEach(active::add);
        plan.surplus()
                .forEach(job -> delete(job.metadata().name(), job.metadata().uid(), job));
        for (ObjectReference job : plan.replaced()) {
            Job known = context.view()
                    .get(Job.TYPE, new ObjectKey(key.namespace(), job.name()))
                    .orElse(null);
            delete(job.name(), job.uid(), known);
        }
        Time lastStart = plan.lastStart();
        if (plan.start().isPresent()) {
            Instant due = plan.start().get();
            Job started = create(CronJobs.make(cron, due, zone));
            if (started != null) {
                lastStart = Time.of(due);
                if (CronJobs.end(started).isEmpty()) {
                    active.add(CronJobs.reference(started));
                }
            }
        }
        write(CronJobStatusBuilder.builder(cron.status())
                .active(active)
                .lastScheduleTime(lastStart)
                .lastSuccessfulTime(plan.lastSuccess())
                .build());
    }

    /** The cron job's job of that name; null when it is somebody else's, or when everything here is about to go. */
    private @Nullable Job create(Job job) {
        String name = job.metadata().name();
        try {
            Job made = jobs.create(job);
            expectations.wrote(key, made);
            tell(new CronPlan.Told(false, "SuccessfulCreate", "Created job " + name));
            return made;
        } catch (ApiException e) {
            if (e.causes().stream().anyMatch(cause -> cause.reason().equals(NAMESPACE_TERMINATING))) {
                return null;
            }
            if (!e.isAlreadyExists() && !e.outcomeUnknown()) {
                tell(new CronPlan.Told(true, "FailedCreate", "Error creating job: " + e.getMessage()));
                throw e;
            }
            expectations.doubt(key);
            Job found = jobs.find(name).orElseThrow(() -> e);
            return Ownership.isControlledBy(found, cron.metadata().uid()) ? found : null;
        }
    }

    private void delete(String name, String uid, @Nullable Job known) {
        try {
            jobs.delete(name, DeleteOptions.defaults().onlyUid(uid).propagate(DeleteOptions.Propagation.BACKGROUND));
            tell(new CronPlan.Told(false, "SuccessfulDelete", "Deleted job " + name));
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                tell(new CronPlan.Told(true, "FailedDelete", "Deleted job: " + e.getMessage()));
                throw e;
            }
        }
        if (known != null) {
            expectations.deleted(key, known);
        }
    }

    private boolean isStillThere(ObjectReference job) {
        boolean there = jobs.find(job.name())
                .filter(found -> found.metadata().uid().equals(job.uid()))
                .isPresent();
        if (!there) {
            tell(new CronPlan.Told(false, "MissingJob", "Active job went missing: " + job.name()));
        }
        return there;
    }

    private void write(CronJobStatus next) {
        if (!next.equals(cron.status())) {
            expectations.wrote(
                    key,
                    context.client()
                            .resources(CronJob.TYPE)
                            .inNamespace(key.namespace())
                            .updateStatus(cron.withStatus(next)));
        }
    }

    private void tell(CronPlan.Told told) {
        if (told.warning()) {
            context.events().warning(cron, told.reason(), told.message());
        } else {
            context.events().normal(cron, told.reason(), told.message());
        }
    }
}
