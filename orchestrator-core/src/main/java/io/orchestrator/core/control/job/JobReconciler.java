package io.orchestrator.core.control.job;

import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.ReplicaControl;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Brings a job nearer to its end, one round at a time; the changes of its pods bring it back for the next one. */
public final class JobReconciler implements Reconciler {
    /** Whoever else a job names as its manager has to look after it. */
    private static final String MANAGER = "kubernetes.io/job-controller";

    private static final int WORKERS = 5;

    private final Expectations expectations;

    public JobReconciler(Clock clock) {
        this.expectations = new Expectations(clock);
    }

    /** The controller, ready for the engine. */
    public static ControllerSpec controller(Clock clock) {
        return ControllerSpec.named("job-controller")
                .reconciles(Job.TYPE)
                .source(new Source<>(
                        Pod.TYPE,
                        StrayPods::keys,
                        (before, after) -> true,
                        List.of(ReplicaControl.orphans(), StrayPods.INDEX)))
                .workers(WORKERS)
                .with(new JobReconciler(clock));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        StrayPods.release(key, context);
        Job cached = context.view().get(Job.TYPE, key).orElse(null);
        if (cached == null) {
            expectations.forget(key);
            return Outcome.done();
        }
        String manager = cached.spec().managedBy();
        if (manager != null && !manager.equals(MANAGER)) {
            return Outcome.done();
        }
        JobWrites writes = new JobWrites(cached, context, expectations);
        JobState state = new JobState(
                cached,
                writes.claim(cachedPods(cached, context)),
                context.clock().instant());
        JobPlan plan = JobPlan.of(state, taken(state, context));
        if (plan.isEmpty(cached.status())) {
            return outcome(plan);
        }
        return switch (expectations.trust(key, cached.metadata().uid(), context.view())) {
            case CACHE -> carryOut(writes, plan);
            case NOTHING_YET -> Outcome.retryAfter(expectations.patience(), "its own writes are not all seen yet");
            case LIVE_READ_ONLY -> reconcileLive(cached, context);
        };
    }

    private Outcome reconcileLive(Job cached, Context context) {
        ObjectKey key = ObjectKey.of(cached);
        String uid = cached.metadata().uid();
        Job live = context.client()
                .resources(Job.TYPE)
                .inNamespace(key.namespace())
                .find(key.name())
                .filter(found -> found.metadata().uid().equals(uid))
                .orElse(null);
        if (live == null) {
            return Outcome.done();
        }
        List<Pod> found = context.client()
                .pods()
                .inNamespace(key.namespace())
                .list(ListOptions.all()
                        .labels(Selector.of(live.spec().selector()).toString()))
                .items();
        List<Resource> known = new ArrayList<>(
                found.stream().filter(pod -> Ownership.isControlledBy(pod, uid)).toList());
        known.add(live);
        List<Resource> before = new ArrayList<>(context.view().ownedBy(Pod.TYPE, uid));
        before.add(cached);
        expectations.looked(key, uid, known, before);
        JobWrites writes = new JobWrites(live, context, expectations);
        JobState state = new JobState(live, writes.claim(found), context.clock().instant());
        return carryOut(writes, JobPlan.of(state, taken(state, context)));
    }

    private static Outcome carryOut(JobWrites writes, JobPlan plan) {
        writes.carryOut(plan);
        return outcome(plan);
    }

    private static Outcome outcome(JobPlan plan) {
        return plan.again()
                .map(delay -> Outcome.retryAfter(delay, "a failed pod is replaced slowly, or the deadline comes"))
                .orElseGet(Outcome::done);
    }

    private static Collection<Pod> cachedPods(Job job, Context context) {
        List<Pod> candidates =
                new ArrayList<>(context.view().ownedBy(Pod.TYPE, job.metadata().uid()));
        candidates.addAll(ReplicaControl.orphansIn(job.metadata().namespace(), context.view()));
        return candidates;
    }

    private static Predicate<String> taken(JobState state, Context context) {
        String namespace = state.job().metadata().namespace();
        Set<String> names =
                state.pods().stream().map(pod -> pod.metadata().name()).collect(Collectors.toSet());
        return name -> names.contains(name)
                || context.view().get(Pod.TYPE, new ObjectKey(namespace, name)).isPresent();
    }
}
