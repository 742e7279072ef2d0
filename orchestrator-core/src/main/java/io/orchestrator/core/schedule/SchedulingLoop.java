package io.orchestrator.core.schedule;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SerialExecutor;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.core.schedule.framework.QueueSortPlugin;
import io.orchestrator.core.schedule.framework.Remedy;
import io.orchestrator.core.schedule.framework.Snapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of the scheduler's state: takes in changes, plans one pod after the other, and hands placements to {@link
 * Commitments}. Its public methods may be called by any thread; all else runs on the loop.
 */
final class SchedulingLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulingLoop.class);

    private final Environment environment;
    private final SerialExecutor loop;
    private final Map<String, Steps> profiles = new HashMap<>();
    private final ClusterCache cache = new ClusterCache();
    private final SchedulingQueue queue;
    private final Notices notices;
    private final Commitments commitments;
    private final Evictions evictions;
    private final Journal journal;
    private final SchedulerFigures figures = new SchedulerFigures();
    private int nextStart;
    private @Nullable LikePods announced;
    private @Nullable KnownObjects announcedFor;
    private boolean begun;
    private boolean cycling;
    private boolean reviewing;
    private long alarmNanos;
    private @Nullable ScheduledFuture<?> alarm;
    private volatile boolean closed;

    SchedulingLoop(Client client, Events events, Environment environment, SchedulerSettings settings) {
        this.environment = environment;
        this.loop = new SerialExecutor(environment.executor());
        settings.profiles().forEach(profile -> profiles.put(profile.schedulerName(), new Steps(profile)));
        this.queue = new SchedulingQueue(order(settings));
        this.journal = new Journal(settings.rememberedDecisions());
        this.notices = new Notices(client, events, environment, cache.nominations());
        long bindTimeout = settings.bindTimeout().toNanos();
        this.commitments =
                new Commitments(client, environment, this::post, cache, queue, notices, bindTimeout, this::changed);
        this.evictions = new Evictions(client, environment, this::post, cache, queue, commitments, notices);
    }

    private static Comparator<PodView> order(SchedulerSettings settings) {
        for (Profile profile : settings.profiles()) {
            Optional<QueueSortPlugin> sort = profile.queueSort();
            if (sort.isPresent()) {
                return sort.get()::compare;
            }
        }
        return (one, other) -> 0;
    }

    /** Everything that is there was told: pods may be placed. */
    void begin() {
        post(() -> begun = true);
    }

    void podChanged(@Nullable Pod before, @Nullable Pod after) {
        post(() -> {
            if (after != null) {
                podIs(after);
            } else if (before != null) {
                podGone(before.metadata().uid());
            }
        });
    }

    void nodeChanged(@Nullable Node before, @Nullable Node after) {
        post(() -> {
            if (after != null) {
                cache.node(after).ifPresent(this::changed);
            } else if (before != null) {
                NodeView gone = cache.nodeGone(before.metadata().name());
                if (gone != null) {
                    changed(new ClusterChange.NodeRemoved(gone));
                }
            }
        });
    }

    /** An object changed, of a kind that some plugin reads. */
    <T extends Resource> void objectChanged(ResourceType<T> type, @Nullable T before, @Nullable T after) {
        Resource known = after != null ? after : before;
        if (known != null) {
            post(() -> {
                cache.objects().changed(type, ObjectKey.of(known), after);
                admitGated();
                changed(new ClusterChange.ObjectChanged(type, before, after));
            });
        }
    }

    /** Why the pod of this name went where it went, or nowhere, if that is still remembered. */
    CompletionStage<Optional<Explanation>> explain(ObjectKey pod) {
        return ask(() -> Optional.ofNullable(journal.about(pod))).thenApply(found -> found.map(Decision::explain));
    }

    /** Where the pod would go now. */
    CompletionStage<Explanation> whatIf(Pod pod) {
        return ask(() -> decision(PodView.of(pod))).thenApply(Decision::explain);
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        commitments.close();
        loop.execute(() -> {
            if (alarm != null) {
                alarm.cancel(false);
            }
        });
    }

    /** Runs on the loop, then sees to what has become possible. */
    private void post(Runnable change) {
        if (closed) {
            // Whoever tells of something has not heard of the end yet, and the threads may be gone.
            return;
        }
        loop.execute(() -> {
            if (!closed) {
                change.run();
                proceed();
            }
        });
    }

    private void podIs(Pod pod) {
        String uid = pod.metadata().uid();
        if (hasEnded(pod)) {
            podGone(uid);
            return;
        }
        if (!pod.spec().nodeName().isEmpty()) {
            placedPodIs(pod, pod.spec().nodeName());
            return;
        }
        Steps steps = profiles.get(pod.spec().schedulerName());
        if (steps == null) {
            return; // somebody else's
        }
        if (cache.nodeOf(uid) != null) {
            // Its placement is under way, or was made and has not come back yet.
            queue.changedInFlight(PodView.of(pod));
            return;
        }
        if (pod.metadata().deletionTimestamp() != null) {
            podGone(uid);
            return;
        }
        PodView view = PodView.of(pod);
        cache.nominations().seen(view);
        queue.offer(view, steps.admits(view, cache.objects().seen()), now());
    }

    private void placedPodIs(Pod pod, String node) {
        String uid = pod.metadata().uid();
        commitments.cancel(uid);
        queue.remove(uid);
        cache.nominations().remove(uid);
        String wasOn = cache.nodeOf(uid);
        PodView was = cache.pod(uid);
        PodView is = was == null ? PodView.of(pod) : was.as(pod);
        cache.seen(is, node);
        if (was != null && wasOn != null && !wasOn.equals(node)) {
            changedOn(wasOn, view -> new ClusterChange.PodGone(was, view));
        }
        if (was == null || !node.equals(wasOn)) {
            changedOn(node, view -> new ClusterChange.PodPlaced(is, view));
        } else if (!ClusterCache.countsTheSame(was, is)) {
            changedOn(node, view -> new ClusterChange.PlacedPodChanged(was, is, view));
        }
    }

    private static boolean hasEnded(Pod pod) {
        String phase = pod.status().phase();
        return phase.equals(PodPhase.SUCCEEDED) || phase.equals(PodPhase.FAILED);
    }

    private void podGone(String uid) {
        commitments.cancel(uid);
        queue.remove(uid);
        PodView pod = cache.pod(uid);
        String node = cache.remove(uid);
        if (pod != null && node != null) {
            changedOn(node, view -> new ClusterChange.PodGone(pod, view));
        }
        String promised = cache.nominations().remove(uid);
        if (promised != null && pod == null) {
            // What was kept for it is there for others.
            changedOn(promised, view -> new ClusterChange.NodeAdded(view));
        }
    }

    private void changedOn(String node, Function<NodeView, ClusterChange> change) {
        NodeView view = cache.nodeView(node);
        if (view != null) {
            changed(change.apply(view));
        }
    }

    /** Wakes whom the change may help. */
    private void changed(ClusterChange change) {
        queue.wake(change, now());
        if (commitments.areHeldBack() && !reviewing) {
            // After all that is in line already, so that many changes are looked at once.
            reviewing = true;
            loop.execute(() -> {
                reviewing = false;
                if (!closed) {
                    commitments.review();
                    proceed();
                }
            });
        }
    }

    private void admitGated() {
        for (PodView pod : queue.gated()) {
            Steps steps = profiles.get(pod.spec().schedulerName());
            if (steps != null && steps.admits(pod, cache.objects().seen())) {
                queue.offer(pod, true, now());
            }
        }
    }

    private void proceed() {
        long now = now();
        queue.advance(now);
        commitments.advance(now);
        if (begun && !cycling && queue.hasActive()) {
            cycling = true;
            loop.execute(this::cycle);
        }
        figures.pending(queue.pending());
        setAlarm();
    }

    SchedulerFigures figures() {
        return figures;
    }

    /** One pod at a turn, so that changes that come meanwhile are seen by the next. */
    private void cycle() {
        cycling = false;
        if (closed) {
            return;
        }
        QueuedPod queued = queue.poll();
        if (queued != null) {
            schedule(queued);
        }
        proceed();
    }

    private void schedule(QueuedPod queued) {
        PodView pod = queued.pod;
        SchedulerFigures.Result result = SchedulerFigures.Result.ERROR;
        long begin = now();
        try {
            Decision decision = decision(pod);
            Cycle cycle = decision.cycle();
            Plan plan = decision.planner().plan(cycle, decision.start());
            journal.add(decision);
            result = plan instanceof Plan.Place
                    ? SchedulerFigures.Result.SCHEDULED
                    : SchedulerFigures.Result.UNSCHEDULABLE;
            if (plan instanceof Plan.Place place) {
                nextStart = (nextStart + place.examined()) % decision.snapshot().size();
                commitments.begin(new Placement(queued, place.node(), cycle, steps(pod)));
                if (cache.nodeOf(pod.uid()) != null) {
                    changedOn(place.node(), view -> new ClusterChange.PodPlaced(pod, view));
                }
            } else if (plan instanceof Plan.Nowhere nowhere) {
                nowhere(queued, nowhere);
            }
        } catch (RuntimeException e) {
            LOG.error("a plugin failed on pod {}", pod.key(), e);
            queue.retry(queued, now());
            notices.failed(pod, e.toString());
        }
        figures.decided(pod.spec().schedulerName(), result, now() - begin);
    }

    private void nowhere(QueuedPod queued, Plan.Nowhere nowhere) {
        PodView pod = queued.pod;
        queue.park(queued, nowhere.rejectedBy(), now());
        if (nowhere.remedy() instanceof Remedy.Preempt preempt) {
            evictions.make(pod, preempt);
        } else if (nowhere.remedy() instanceof Remedy.None none && !none.keepsNomination()) {
            cache.nominations().remove(pod.uid());
        }
        notices.unschedulable(pod, nowhere.message());
    }

    private Decision decision(PodView pod) {
        Steps steps = steps(pod);
        announce(pod, steps);
        Snapshot snapshot = cache.snapshot();
        return new Decision(
                pod, snapshot, steps.planner, nextStart, environment.random().nextLong());
    }

    /** What is going to be counted for a pod, was announced for the one before it where the two are alike. */
    private void announce(PodView pod, Steps steps) {
        LikePods kind = LikePods.of(pod);
        KnownObjects objects = cache.objects().assumed();
        if (!kind.equals(announced) || objects != announcedFor) {
            cache.want(steps.counts(pod, objects));
            announced = kind;
            announcedFor = objects;
        }
    }

    private Steps steps(PodView pod) {
        Steps steps = profiles.get(pod.spec().schedulerName());
        if (steps == null) {
            throw new IllegalStateException("no profile is named " + pod.spec().schedulerName());
        }
        return steps;
    }

    private void setAlarm() {
        OptionalLong next = earliest(queue.nextAdvance(), commitments.nextAdvance());
        if (next.isEmpty() || (alarm != null && alarmNanos - next.getAsLong() <= 0)) {
            // An alarm that turns out too early finds nothing to do and sets the next one.
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarmNanos = next.getAsLong();
        long delay = Math.max(0, alarmNanos - now());
        alarm = environment.timers().schedule(() -> post(() -> alarm = null), delay, TimeUnit.NANOSECONDS);
    }

    private static OptionalLong earliest(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        return OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()));
    }

    private long now() {
        return environment.nanoTime().getAsLong();
    }
}
