package io.orchestrator.core.control.cronjob;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.pods.Ownership;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a cron job's jobs when they are due, one round at a time. */
public final class CronJobReconciler implements Reconciler {
    private static final int WORKERS = 5;

    private final Expectations expectations;
    private final ToldOnce told = new ToldOnce();

    private CronJobReconciler(Clock clock) {
        this.expectations = new Expectations(clock);
    }

    /** The controller, ready for the engine. */
    public static ControllerSpec controller(Clock clock) {
        return ControllerSpec.named("cronjob-controller")
                .reconciles(CronJob.TYPE)
                .owns(Job.TYPE)
                .workers(WORKERS)
                .with(new CronJobReconciler(clock));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        CronJob cached = context.view().get(CronJob.TYPE, key).orElse(null);
        if (cached == null) {
            expectations.forget(key);
            told.forget(key);
            return Outcome.done();
        }
        String uid = cached.metadata().uid();
        List<Job> jobs = context.view().ownedBy(Job.TYPE, uid);
        Timetable timetable = timetable(cached, key, context);
        CronPlan plan = plan(cached, jobs, timetable, context);
        tellOfUnexpected(cached, key, plan, context);
        if (plan.isEmpty(cached)) {
            tellWhyNot(cached, key, plan, context);
            return outcome(plan);
        }
        return switch (expectations.trust(key, uid, context.view())) {
            case CACHE -> carryOut(cached, plan, timetable, context);
            case NOTHING_YET -> Outcome.retryAfter(expectations.patience(), "its own writes are not all seen yet");
            case LIVE_READ_ONLY -> reconcileLive(cached, jobs, context);
        };
    }

    private Outcome reconcileLive(CronJob cached, List<Job> seen, Context context) {
        ObjectKey key = ObjectKey.of(cached);
        String uid = cached.metadata().uid();
        CronJob live = context.client()
                .resources(CronJob.TYPE)
                .inNamespace(key.namespace())
                .find(key.name())
                .filter(found -> found.metadata().uid().equals(uid))
                .orElse(null);
        if (live == null) {
            return Outcome.done();
        }
        List<Job> jobs = context.client().resources(Job.TYPE).inNamespace(key.namespace()).list().items().stream()
                .filter(job -> Ownership.isControlledBy(job, uid))
                .toList();
        List<Resource> known = new ArrayList<>(jobs);
        known.add(live);
        List<Resource> before = new ArrayList<>(seen);
        before.add(cached);
        expectations.looked(key, uid, known, before);
        Timetable timetable = timetable(live, key, context);
        CronPlan plan = plan(live, jobs, timetable, context);
        return plan.isEmpty(live) ? outcome(plan) : carryOut(live, plan, timetable, context);
    }

    private Outcome carryOut(CronJob cron, CronPlan plan, @Nullable Timetable timetable, Context context) {
        ZoneId zone = timetable == null ? ZoneOffset.UTC : timetable.zone();
        new CronWrites(cron, context, expectations).carryOut(plan, zone);
        return outcome(plan);
    }

    private static Outcome outcome(CronPlan plan) {
        return plan.again()
                .map(delay -> Outcome.retryAfter(delay, "the next job is due then"))
                .orElseGet(Outcome::done);
    }

    private static CronPlan plan(CronJob cron, List<Job> jobs, @Nullable Timetable timetable, Context context) {
        Instant now = context.clock().instant();
        return timetable == null ? CronPlan.withoutStarts(cron, jobs, now) : CronPlan.of(cron, jobs, timetable, now);
    }

    /** Null, and told, when nobody understands it: then only a change of the cron job helps. */
    private @Nullable Timetable timetable(CronJob cron, ObjectKey key, Context context) {
        try {
            return Timetable.of(cron);
        } catch (Timetable.UnreadableException e) {
            if (told.isNew(key, cron.metadata().generation() + e.reason())) {
                context.events().warning(cron, e.reason(), String.valueOf(e.getMessage()));
            }
            return null;
        }
    }

    private void tellOfUnexpected(CronJob cron, ObjectKey key, CronPlan plan, Context context) {
        for (Job job : plan.unexpected()) {
            if (told.isNew(key, job.metadata().uid())) {
                context.events()
                        .warning(
                                cron,
                                "UnexpectedJob",
                                "Saw a job that the controller did not create or forgot: "
                                        + job.metadata().name());
            }
        }
    }

    /** That a job was due and not made changes nothing, and is told once for each moment. */
    private void tellWhyNot(CronJob cron, ObjectKey key, CronPlan plan, Context context) {
        for (CronPlan.Told why : plan.told()) {
            if (!told.isNew(key, why.reason() + plan.due())) {
                continue;
            }
            if (why.warning()) {
                context.events().warning(cron, why.reason(), why.message());
            } else {
                context.events().normal(cron, why.reason(), why.message());
            }
        }
    }
}
