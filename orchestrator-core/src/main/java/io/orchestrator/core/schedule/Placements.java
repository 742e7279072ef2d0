package io.orchestrator.core.schedule;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.core.env.BoundedExecutor;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Carries placements out. The room is taken before the write and given back only on a definite no: an answer that stays open
 * is asked for again, by the same binding to the same node, for as long as it takes, so that a binding that is made late never
 * finds its room given away. What was bound stays assumed until the informer shows it; when that takes long, the pod is read.
 *
 * <p>Owned by the scheduler's loop; its writes run as tasks of the executor and report back to the loop.
 */
final class Placements implements AutoCloseable {
    private static final int CALLS_AT_A_TIME = 16;
    private static final long LOOK_AFTER = Duration.ofSeconds(30).toNanos();
    private static final long FIRST_RETRY = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_RETRY = Duration.ofSeconds(10).toNanos();

    /** Something to do later about an assumed pod. */
    private record Check(long dueNanos, long sequence, QueuedPod queued, String node, boolean bound, long delay) {}

    private final Events events;
    private final Environment environment;
    private final Executor loop;
    private final Executor calls;
    private final ClusterCache cache;
    private final SchedulingQueue queue;
    private final Consumer<String> roomFreed;
    private final Binder binder;
    private final SchedulingConditions conditions;
    private final PriorityQueue<Check> checks =
            new PriorityQueue<>(Comparator.comparingLong(Check::dueNanos).thenComparingLong(Check::sequence));
    private long sequence;
    private volatile boolean closed;

    Placements(
            Client client,
            Events events,
            Environment environment,
            Executor loop,
            ClusterCache cache,
            SchedulingQueue queue,
            Consumer<String> roomFreed) {
        this.events = events;
        this.environment = environment;
        this.loop = loop;
        this.calls = new BoundedExecutor(environment.executor(), CALLS_AT_A_TIME);
        this.cache = cache;
        this.queue = queue;
        this.roomFreed = roomFreed;
        this.binder = new Binder(client);
        this.conditions = new SchedulingConditions(client, environment.clock());
    }

    void place(QueuedPod queued, String node) {
        cache.assume(queued.pod, node);
        bind(queued, node, FIRST_RETRY);
    }

    /** Says on the pod, and in an event, why it has no node. */
    void explain(PodView pod, String reason, String message) {
        events.warning(pod.pod(), "FailedScheduling", message);
        calls.execute(() -> conditions.unscheduled(pod.pod(), reason, message));
    }

    /** Does what is due. */
    void advance(long now) {
        while (!checks.isEmpty() && checks.peek().dueNanos - now <= 0) {
            Check check = checks.poll();
            if (!cache.isAssumed(check.queued.pod.uid())) {
                continue;
            }
            if (check.bound) {
                look(check);
            } else {
                bind(check.queued, check.node, Math.min(LONGEST_RETRY, check.delay * 2));
            }
        }
    }

    OptionalLong nextAdvance() {
        return checks.isEmpty() ? OptionalLong.empty() : OptionalLong.of(checks.peek().dueNanos);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void bind(QueuedPod queued, String node, long retryAfter) {
        PodView pod = queued.pod;
        calls.execute(() -> {
            if (!closed) {
                Binder.Result result = binder.bind(pod.pod(), node);
                loop.execute(() -> settle(queued, node, result, retryAfter));
            }
        });
    }

    private void settle(QueuedPod queued, String node, Binder.Result result, long retryAfter) {
        if (closed) {
            return;
        }
        if (result instanceof Binder.Result.Bound bound) {
            bound(queued, node, bound.node());
        } else if (result instanceof Binder.Result.Refused refused) {
            undo(queued);
            explain(
                    queued.pod,
                    "SchedulerError",
                    "binding rejected: " + refused.why().getMessage());
        } else if (result instanceof Binder.Result.Unknown) {
            later(queued, node, false, retryAfter);
        } else {
            undo(queued);
        }
    }

    private void bound(QueuedPod queued, String wanted, String actual) {
        PodView pod = queued.pod;
        queue.remove(pod.uid());
        if (actual.equals(wanted)) {
            events.normal(pod.pod(), "Scheduled", "Successfully assigned " + pod.key() + " to " + actual);
        }
        if (cache.isAssumed(pod.uid())) {
            if (!actual.equals(wanted)) {
                cache.assume(pod, actual);
                roomFreed.accept(wanted);
            }
            later(queued, actual, true, LOOK_AFTER);
        }
    }

    /** Nothing remains of the placement; the pod waits again, if it is still there. */
    private void undo(QueuedPod queued) {
        String uid = queued.pod.uid();
        if (cache.isAssumed(uid)) {
            String node = cache.remove(uid);
            if (node != null) {
                roomFreed.accept(node);
            }
        }
        queue.retry(queued, environment.nanoTime().getAsLong());
    }

    private void look(Check check) {
        calls.execute(() -> {
            if (!closed) {
                Binder.Result result = binder.look(check.queued.pod.pod());
                loop.execute(() -> looked(check, result));
            }
        });
    }

    /** The informer is late: what was read decides, and the informer will say the same. */
    private void looked(Check check, Binder.Result result) {
        String uid = check.queued.pod.uid();
        if (closed || !cache.isAssumed(uid)) {
            return;
        }
        if (result instanceof Binder.Result.Gone) {
            cache.remove(uid);
            roomFreed.accept(check.node);
        } else {
            later(check.queued, check.node, true, LOOK_AFTER);
        }
    }

    private void later(QueuedPod queued, String node, boolean bound, long delay) {
        long due = environment.nanoTime().getAsLong() + delay;
        checks.add(new Check(due, sequence++, queued, node, bound, delay));
    }
}
