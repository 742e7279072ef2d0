package io.orchestrator.core.schedule;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.env.BoundedExecutor;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.schedule.framework.BindPlugin;
import io.orchestrator.core.schedule.framework.BindResult;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes placements. The room is taken before the write and given back only on a definite no: an answer that stays open
 * is asked for again, by the same binding to the same node, for as long as it takes, so that a binding that is made late never
 * finds its room given away. What was bound stays assumed until the informer shows it; when that takes long, the pod is read.
 *
 * <p>Owned by the scheduler's loop; its writes run as tasks of the executor and report back to the loop.
 */
final class Placements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Placements.class);
    private static final int CALLS_AT_A_TIME = 16;
    private static final long LOOK_AFTER = Duration.ofSeconds(30).toNanos();
    private static final long FIRST_RETRY = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_RETRY = Duration.ofSeconds(10).toNanos();

    /** How a placement that was ready ended. */
    interface Outcome {
        void bound(Placement placement, String node);

        /** The answer was no: nothing was written. */
        void refused(Placement placement, String why);

        /** The pod is there no more. */
        void gone(Placement placement);
    }

    /** Something to do later about an assumed pod. */
    private record Check(long dueNanos, long sequence, Placement placement, String node, boolean bound, long delay) {}

    private final Environment environment;
    private final Executor loop;
    private final Executor calls;
    private final ClusterCache cache;
    private final Binder binder;
    private final Outcome outcome;
    private final PriorityQueue<Check> checks =
            new PriorityQueue<>(Comparator.comparingLong(Check::dueNanos).thenComparingLong(Check::sequence));
    private long sequence;
    private volatile boolean closed;

    Placements(Binder binder, Environment environment, Executor loop, ClusterCache cache, Outcome outcome) {
        this.environment = environment;
        this.loop = loop;
        this.calls = new BoundedExecutor(environment.executor(), CALLS_AT_A_TIME);
        this.cache = cache;
        this.binder = binder;
        this.outcome = outcome;
    }

    /** Binds the pod, whose room is taken, to its node. */
    void bind(Placement placement) {
        bind(placement, FIRST_RETRY);
    }

    /** Does what is due. */
    void advance(long now) {
        while (!checks.isEmpty() && checks.peek().dueNanos - now <= 0) {
            Check check = checks.poll();
            if (!cache.isAssumed(check.placement.pod().uid())) {
                continue;
            }
            if (check.bound) {
                look(check);
            } else {
                bind(check.placement, Math.min(LONGEST_RETRY, check.delay * 2));
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

    private void bind(Placement placement, long retryAfter) {
        calls.execute(() -> {
            if (!closed) {
                BindResult result = outcomeOf(placement);
                loop.execute(() -> settle(placement, result, retryAfter));
            }
        });
    }

    /** Also of a plugin that fails: what it has done by then nobody knows. */
    private BindResult outcomeOf(Placement placement) {
        try {
            return written(placement);
        } catch (RuntimeException e) {
            LOG.error("the binding of pod {} failed", placement.pod().key(), e);
            return new BindResult.Unknown(new ApiException(Reason.SERVICE_UNAVAILABLE, "the binding failed: " + e, e));
        }
    }

    private BindResult written(Placement placement) {
        for (BindPlugin plugin : placement.steps.bind) {
            if (plugin.handles(placement.pod(), placement.view())) {
                BindResult result = plugin.bind(placement.pod(), placement.node);
                boolean open = result instanceof BindResult.Unknown || result instanceof BindResult.Unbound;
                return open && binder.look(placement.pod().pod()) instanceof BindResult.Bound bound ? bound : result;
            }
        }
        return binder.bind(placement.pod().pod(), placement.node);
    }

    private void settle(Placement placement, BindResult result, long retryAfter) {
        if (closed) {
            return;
        }
        if (result instanceof BindResult.Bound bound) {
            bound(placement, bound.node());
        } else if (result instanceof BindResult.Refused refused) {
            outcome.refused(placement, "binding rejected: " + refused.why().getMessage());
        } else if (result instanceof BindResult.Gone) {
            outcome.gone(placement);
        } else {
            later(placement, placement.node, false, retryAfter);
        }
    }

    private void bound(Placement placement, String actual) {
        if (cache.isAssumed(placement.pod().uid())) {
            if (!actual.equals(placement.node)) {
                cache.assume(placement.pod(), actual);
            }
            later(placement, actual, true, LOOK_AFTER);
        }
        outcome.bound(placement, actual);
    }

    private void look(Check check) {
        calls.execute(() -> {
            if (!closed) {
                BindResult result = binder.look(check.placement.pod().pod());
                loop.execute(() -> looked(check, result));
            }
        });
    }

    /** The informer is late: what was read decides, and the informer will say the same. */
    private void looked(Check check, BindResult result) {
        if (closed || !cache.isAssumed(check.placement.pod().uid())) {
            return;
        }
        if (result instanceof BindResult.Gone) {
            outcome.gone(check.placement);
        } else {
            later(check.placement, check.node, true, LOOK_AFTER);
        }
    }

    private void later(Placement placement, String node, boolean bound, long delay) {
        long due = environment.nanoTime().getAsLong() + delay;
        checks.add(new Check(due, sequence++, placement, node, bound, delay));
    }
}
