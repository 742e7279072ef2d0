package io.orchestrator.core.control.deployment;

import io.orchestrator.api.model.apps.ReplicaSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces old pods by new ones, some at a time: never more pods than wanted and surge, never fewer available than wanted less
 * those that may be missing. Pure.
 */
final class RollingUpdate {
    private RollingUpdate() {}

    /** The sizes to be changed now, by set. Empty when there is nothing to do until pods become available. */
    static Map<ReplicaSet, Integer> resize(Rollout rollout, ReplicaSet current) {
        int grown = newSize(rollout, Rollout.size(current));
        if (grown != Rollout.size(current)) {
            return Map.of(current, grown);
        }
        return shrinkOld(rollout, current);
    }

    /** The size that the current set may have now, when it has so many. */
    static int newSize(Rollout rollout, int size) {
        int wanted = rollout.wanted();
        if (size >= wanted) {
            return wanted;
        }
        int room = rollout.roomBeside(rollout.old()) - size;
        return room <= 0 ? size : size + Math.min(room, wanted - size);
    }

    /** First the pods that are of no use anyway, then as many as the available ones allow; the oldest sets first. */
    private static Map<ReplicaSet, Integer> shrinkOld(Rollout rollout, ReplicaSet current) {
        Map<ReplicaSet, Integer> sizes = new LinkedHashMap<>();
        List<ReplicaSet> old = Rollout.active(rollout.old());
        int least = rollout.floor();
        int notYetAvailable = Rollout.size(current) - Rollout.available(current);
        int room = Rollout.size(rollout.all()) - least - notYetAvailable;
        for (ReplicaSet set : old) {
            int useless = Math.min(room, Rollout.useless(set));
            if (useless > 0) {
                sizes.put(set, Rollout.size(set) - useless);
                room -= useless;
            }
        }
        int spare = Math.min(room, Rollout.available(rollout.all()) - least);
        for (ReplicaSet set : old) {
            int size = sizes.getOrDefault(set, Rollout.size(set));
            int fewer = Math.min(spare, size);
            if (fewer > 0) {
                sizes.put(set, size - fewer);
                spare -= fewer;
            }
        }
        return sizes;
    }
}
