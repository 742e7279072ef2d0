package io.orchestrator.core.schedule;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.schedule.framework.Permit;
import io.orchestrator.core.schedule.framework.PermitPlugin;
import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.PreBindPlugin;
import io.orchestrator.core.schedule.framework.PreBinding;
import io.orchestrator.core.schedule.framework.Reservation;
import io.orchestrator.core.schedule.framework.ReservePlugin;
import io.orchestrator.core.schedule.framework.Snapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads placements from the chosen node to the binding: reserve, permit, pre-bind. Level-based: whoever holds a placement back
 * is asked again after each change, and what is to be written is worked out anew each time. Owned by the scheduler's loop.
 */
final class Preparations {
    private static final Logger LOG = LoggerFactory.getLogger(Preparations.class);
    private static final long FIRST_REWRITE = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_REWRITE = Duration.ofSeconds(30).toNanos();

    /** What becomes of a placement in the end. */
    interface Outcome {
        void ready(Placement placement);

        /** A plugin said no: the pod waits for a change that this plugin heeds. */
        void rejected(Placement placement, Plugin by, String why);

        /** Something went wrong: the pod is tried again. */
        void failed(Placement placement, String why);

        /** These objects are to be written; then {@link #written} is called. */
        void write(Placement placement, List<Resource> updates);
    }

    private final Environment environment;
    private final ClusterCache cache;
    private final Outcome outcome;
    private final long patienceNanos;
    private final Map<String, Placement> underWay = new LinkedHashMap<>();

    Preparations(Environment environment, ClusterCache cache, Outcome outcome, long patienceNanos) {
        this.environment = environment;
        this.cache = cache;
        this.outcome = outcome;
        this.patienceNanos = patienceNanos;
    }

    boolean isEmpty() {
        return underWay.isEmpty();
    }

    /** The placement of this pod that is not being bound yet, or null. */
    @Nullable
    Placement of(String uid) {
        return underWay.get(uid);
    }

    /** Takes what the placement needs, and room on the node with it. */
    void begin(Placement placement) {
        String uid = placement.pod().uid();
        cache.assume(placement.pod(), placement.node);
        cache.nominations().remove(uid);
        try {
            if (!isReserved(placement)) {
                return;
            }
        } catch (RuntimeException e) {
            LOG.error("a plugin failed on pod {}", placement.pod().key(), e);
            outcome.failed(placement, e.toString());
            return;
        }
        placement.preparedBy = now() + patienceNanos;
        underWay.put(uid, placement);
        advance(placement, cache::snapshot);
    }

    private boolean isReserved(Placement placement) {
        for (ReservePlugin plugin : placement.steps.reserve) {
            placement.reserved.add(plugin);
            Reservation answer = plugin.reserve(placement.cycle, placement.view());
            if (answer instanceof Reservation.Refused refused) {
                outcome.rejected(
                        placement, plugin, String.join(", ", refused.why().reasons()));
                return false;
            }
            ((Reservation.Taken) answer)
                    .assumed()
                    .forEach(object ->
                            cache.objects().assume(object, placement.pod().uid()));
        }
        return true;
    }

    /** Something changed: looks at all that are held back. */
    void review() {
        if (underWay.isEmpty()) {
            return;
        }
        Snapshot[] shared = new Snapshot[1];
        Supplier<Snapshot> now = () -> {
            if (shared[0] == null) {
                shared[0] = cache.snapshot();
            }
            return shared[0];
        };
        for (Placement placement : List.copyOf(underWay.values())) {
            if (underWay.get(placement.pod().uid()) == placement) {
                advance(placement, now);
            }
        }
    }

    /** What was to be written was tried. */
    void written(Placement placement) {
        placement.writing = false;
        if (underWay.get(placement.pod().uid()) == placement) {
            advance(placement, cache::snapshot);
        }
    }

    /** When one of them will have waited for too long. */
    OptionalLong nextAdvance() {
        long next = Long.MAX_VALUE;
        for (Placement placement : underWay.values()) {
            next = Math.min(next, placement.preparedBy);
            if (!placement.written.isEmpty() && !placement.writing) {
                next = Math.min(next, placement.writeAgainAt);
            }
            for (long until : placement.heldUntil.values()) {
                next = Math.min(next, until);
            }
        }
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** Takes back what was reserved, in the opposite order. Leaves the pod's room to the caller. */
    void release(Placement placement) {
        underWay.remove(placement.pod().uid(), placement);
        for (int i = placement.reserved.size() - 1; i >= 0; i--) {
            ReservePlugin plugin = placement.reserved.get(i);
            try {
                plugin.unreserve(placement.cycle, placement.view());
            } catch (RuntimeException e) {
                LOG.error(
                        "plugin {} failed to give back what it took for {}",
                        plugin.name(),
                        placement.pod().key(),
                        e);
            }
        }
        placement.reserved.clear();
        cache.objects().forget(placement.pod().uid());
    }

    private void advance(Placement placement, Supplier<Snapshot> now) {
        try {
            if (isPermitted(placement, now) && isPrepared(placement)) {
                underWay.remove(placement.pod().uid());
                placement.prepared = true;
                outcome.ready(placement);
            }
        } catch (RuntimeException e) {
            LOG.error("a plugin failed on pod {}", placement.pod().key(), e);
            outcome.failed(placement, e.toString());
        }
    }

    private boolean isPermitted(Placement placement, Supplier<Snapshot> snapshot) {
        for (PermitPlugin plugin : placement.steps.permit) {
            if (placement.permitted.contains(plugin)) {
                continue;
            }
            Permit answer = plugin.permit(placement.cycle, placement.view(), snapshot.get());
            if (answer instanceof Permit.Deny deny) {
                outcome.rejected(placement, plugin, deny.why());
                return false;
            }
            if (answer instanceof Permit.Hold hold) {
                long until = placement.heldUntil.computeIfAbsent(
                        plugin, any -> now() + hold.timeout().toNanos());
                if (until - now() <= 0) {
                    outcome.rejected(placement, plugin, "timed out while waiting on permit of plugin " + plugin.name());
                    return false;
                }
            } else {
                placement.permitted.add(plugin);
                placement.heldUntil.remove(plugin);
            }
        }
        return placement.heldUntil.isEmpty();
    }

    private boolean isPrepared(Placement placement) {
        if (placement.writing) {
            return false;
        }
        for (PreBindPlugin plugin : placement.steps.preBind) {
            PreBinding answer = plugin.preBind(
                    placement.cycle, placement.view(), cache.objects().seen());
            if (answer instanceof PreBinding.Failed failed) {
                outcome.failed(placement, "running PreBind plugin \"" + plugin.name() + "\": " + failed.why());
                return false;
            }
            if (answer instanceof PreBinding.Pending pending) {
                if (placement.preparedBy - now() <= 0) {
                    outcome.failed(
                            placement, "running PreBind plugin \"" + plugin.name() + "\": context deadline exceeded");
                } else {
                    write(placement, pending.updates());
                }
                return false;
            }
        }
        return true;
    }

    private void write(Placement placement, List<Resource> updates) {
        if (updates.isEmpty()) {
            // All that was to be written is seen: nothing is left to be tried again, only to be waited for.
            placement.written = List.of();
            return;
        }
        boolean again = updates.equals(placement.written);
        if (again && placement.writeAgainAt - now() > 0) {
            return;
        }
        placement.writes = again ? placement.writes + 1 : 0;
        placement.written = updates;
        placement.writeAgainAt = now() + Math.min(LONGEST_REWRITE, FIRST_REWRITE << Math.min(placement.writes, 8));
        placement.writing = true;
        outcome.write(placement, updates);
    }

    private long now() {
        return environment.nanoTime().getAsLong();
    }
}
