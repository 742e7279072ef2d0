package io.orchestrator.core.schedule;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SerialExecutor;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of the scheduler's state: takes in changes, plans one pod after the other, and hands placements to {@link
 * Placements}. Its public methods may be called by any thread; all else runs on the loop.
 */
final class SchedulingLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulingLoop.class);

    private final Events events;
    private final Environment environment;
    private final SerialExecutor loop;
    private final Map<String, Profile> profiles = new HashMap<>();
    private final Set<ClusterChange> heeded = EnumSet.noneOf(ClusterChange.class);

    private final ClusterCache cache = new ClusterCache();
    private final SchedulingQueue queue = new SchedulingQueue();
    private final Placements placements;
    private int nextStart;
    private boolean begun;
    private boolean cycling;
    private long alarmNanos;
    private @Nullable ScheduledFuture<?> alarm;
    private volatile boolean closed;

    SchedulingLoop(Client client, Events events, Environment environment, List<Profile> profiles) {
        this.events = events;
        this.environment = environment;
        this.loop = new SerialExecutor(environment.executor());
        for (Profile profile : profiles) {
            if (this.profiles.put(profile.schedulerName(), profile) != null) {
                throw new IllegalArgumentException("two profiles are named " + profile.schedulerName());
            }
            profile.filters().forEach(filter -> heeded.addAll(filter.retryOn()));
        }
        this.placements = new Placements(client, events, environment, this::post, cache, queue, this::roomFreed);
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
                Set<ClusterChange> changes = cache.node(after);
                wake(changes, cache.nodeView(after.metadata().name()));
            } else if (before != null) {
                cache.nodeGone(before.metadata().name());
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        placements.close();
        loop.execute(() -> {
            if (alarm != null) {
                alarm.cancel(false);
            }
        });
    }

    /** Runs on the loop, then sees to what has become possible. */
    private void post(Runnable change) {
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
        String node = pod.spec().nodeName();
        if (!node.isEmpty()) {
            queue.remove(uid);
            String before = cache.nodeOf(uid);
            cache.seen(PodView.of(pod), node);
            if (before != null && !before.equals(node)) {
                roomFreed(before);
            }
            if (!node.equals(before)) {
                wake(EnumSet.of(ClusterChange.POD_PLACED), cache.nodeView(node));
            }
            return;
        }
        Profile profile = profiles.get(pod.spec().schedulerName());
        if (profile == null || cache.nodeOf(uid) != null) {
            // Somebody else's pod, or one whose placement is under way and has not come back yet.
            return;
        }
        if (pod.metadata().deletionTimestamp() != null) {
            queue.remove(uid);
            return;
        }
        PodView view = PodView.of(pod);
        boolean admitted = profile.gates().stream().allMatch(gate -> gate.mayEnter(view) instanceof Verdict.Fits);
        queue.offer(view, admitted, now());
    }

    private static boolean hasEnded(Pod pod) {
        String phase = pod.status().phase();
        return phase.equals(PodPhase.SUCCEEDED) || phase.equals(PodPhase.FAILED);
    }

    private void podGone(String uid) {
        queue.remove(uid);
        String node = cache.remove(uid);
        if (node != null) {
            roomFreed(node);
        }
    }

    private void roomFreed(String node) {
        wake(EnumSet.of(ClusterChange.POD_GONE), cache.nodeView(node));
    }

    private void wake(Collection<ClusterChange> changes, @Nullable NodeView node) {
        if (node == null || changes.stream().noneMatch(heeded::contains)) {
            return;
        }
        queue.wake(queued -> couldHelp(changes, node, queued), now());
    }

    private static boolean couldHelp(Collection<ClusterChange> changes, NodeView node, QueuedPod queued) {
        if (queued.rejectedBy.isEmpty()) {
            return changes.contains(ClusterChange.NODE_ADDED);
        }
        for (FilterPlugin plugin : queued.rejectedBy) {
            for (ClusterChange change : changes) {
                if (plugin.retryOn().contains(change) && plugin.turnedBy(change, queued.pod, node)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void proceed() {
        long now = now();
        queue.advance(now);
        placements.advance(now);
        if (begun && !cycling && queue.hasActive()) {
            cycling = true;
            loop.execute(this::cycle);
        }
        setAlarm();
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
        Plan plan;
        try {
            plan = plan(pod);
        } catch (RuntimeException e) {
            LOG.error("a plugin failed on pod {}", pod.key(), e);
            queue.retry(queued, now());
            placements.explain(pod, "SchedulerError", e.toString());
            return;
        }
        if (plan instanceof Plan.Place place) {
            placements.place(queued, place.node());
        } else if (plan instanceof Plan.Nowhere nowhere) {
            queue.park(queued, nowhere, now());
            placements.explain(pod, "Unschedulable", nowhere.message());
        }
    }

    private Plan plan(PodView pod) {
        Profile profile = profiles.get(pod.spec().schedulerName());
        if (profile == null) {
            throw new IllegalStateException("no profile is named " + pod.spec().schedulerName());
        }
        Snapshot snapshot = cache.snapshot();
        Plan plan = new Planner(profile).plan(pod, snapshot, nextStart, environment.random());
        if (plan instanceof Plan.Place place) {
            nextStart = (nextStart + place.examined()) % snapshot.size();
        }
        return plan;
    }

    private void setAlarm() {
        OptionalLong next = earliest(queue.nextAdvance(), placements.nextAdvance());
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
