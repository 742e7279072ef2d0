package io.orchestrator.core.control.deployment;

import io.orchestrator.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the sets when the number of replicas changes, apart from any roll-out: in the midst of one, all sets grow or
 * shrink in proportion to their size, so that a bad new template does not get all the new pods. Pure.
 */
final class ProportionalScaling {
    private ProportionalScaling() {}

    /** Whether some set was sized for another number of replicas than is wanted now. */
    static boolean isDue(Rollout rollout) {
        List<ReplicaSet> active = Rollout.active(rollout.all());
        if (!rollout.isRolling() && active.size() > 1) {
            return false;
        }
        return active.stream()
                .anyMatch(set -> Revisions.desiredReplicas(set)
                        .filter(desired -> desired != rollout.wanted())
                        .isPresent());
    }

    /** The size of each set whose size, or whose note of the wanted number, must change. */
    static Map<ReplicaSet, Integer> resize(Rollout rollout) {
        List<ReplicaSet> active = Rollout.active(rollout.all());
        if (active.size() <= 1) {
            ReplicaSet only = active.isEmpty() ? latest(rollout) : active.get(0);
            return only == null ? Map.of() : Map.of(only, withinBounds(rollout, only));
        }
        if (isSaturated(rollout)) {
            Map<ReplicaSet, Integer> sizes = new LinkedHashMap<>();
            Rollout.active(rollout.old()).forEach(set -> sizes.put(set, 0));
            return sizes;
        }
        return rollout.isRolling() ? spread(rollout, active) : Map.of();
    }

    /** All that are wanted, but no more than fit beside the pods of other sets that are not gone yet. */
    private static int withinBounds(Rollout rollout, ReplicaSet only) {
        int size = Rollout.size(only);
        List<ReplicaSet> others = new ArrayList<>(rollout.all());
        others.remove(only);
        int room = rollout.roomBeside(others);
        return rollout.wanted() <= size ? rollout.wanted() : Math.max(size, Math.min(rollout.wanted(), room));
    }

    private static Map<ReplicaSet, Integer> spread(Rollout rollout, List<ReplicaSet> active) {
        int allowed = rollout.wanted() > 0 ? rollout.wanted() + rollout.limits().maxSurge() : 0;
        int missing = allowed - Rollout.size(active);
        int difference = missing <= 0 ? missing : Math.min(missing, rollout.roomBeside(rollout.all()));
        List<ReplicaSet> largestFirst = new ArrayList<>(active);
        Comparator<ReplicaSet> bySize = Comparator.comparing((ReplicaSet set) -> -Rollout.size(set));
        largestFirst.sort(
                bySize.thenComparing(difference > 0 ? Rollout.OLDEST_FIRST.reversed() : Rollout.OLDEST_FIRST));
        Map<ReplicaSet, Integer> sizes = new LinkedHashMap<>();
        int given = 0;
        for (ReplicaSet set : largestFirst) {
            int share = difference == 0 ? 0 : share(rollout, set, difference, given);
            sizes.put(set, Rollout.size(set) + share);
            given += share;
        }
        int leftover = difference - given;
        sizes.computeIfPresent(largestFirst.get(0), (set, size) -> Math.max(0, size + leftover));
        return sizes;
    }

    private static int share(Rollout rollout, ReplicaSet set, int difference, int given) {
        int allowed = difference - given;
        int fraction = fraction(rollout, set);
        return difference > 0 ? Math.min(fraction, allowed) : Math.max(fraction, allowed);
    }

    /** By how much the set grows or shrinks when it keeps its part of the whole. */
    private static int fraction(Rollout rollout, ReplicaSet set) {
        int size = Rollout.size(set);
        if (rollout.wanted() == 0) {
            return -size;
        }
        int whole = rollout.wanted() + rollout.limits().maxSurge();
        int before = Revisions.maxReplicas(set)
                .filter(max -> max != 0)
                .orElse(rollout.deployment().status().replicas());
        if (before == 0) {
            return 0;
        }
        return (int) Math.round((double) size * whole / before) - size;
    }

    private static boolean isSaturated(Rollout rollout) {
        ReplicaSet current = rollout.current();
        int wanted = rollout.wanted();
        return current != null
                && Rollout.size(current) == wanted
                && Revisions.desiredReplicas(current)
                        .filter(desired -> desired == wanted)
                        .isPresent()
                && Rollout.available(current) == wanted;
    }

    private static @Nullable ReplicaSet latest(Rollout rollout) {
        if (rollout.current() != null || rollout.old().isEmpty()) {
            return rollout.current();
        }
        return rollout.old().get(rollout.old().size() - 1);
    }
}
