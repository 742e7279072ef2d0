package io.orchestrator.core.control.daemonset;

import io.orchestrator.api.model.core.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The next step of a roll-out, on a set that has on each node what it is to have, old or new.
 *
 * @param surge nodes that get a new pod beside the old
 * @param replace old pods to go
 */
record DaemonRollout(List<String> surge, List<Pod> replace) {

    static DaemonRollout of(DaemonState state) {
        Map<String, Pair> pairs = new TreeMap<>();
        state.fits().forEach((node, fit) -> {
            if (fit.run() || !state.on(node).isEmpty()) {
                pairs.put(node, Pair.on(node, state));
            }
        });
        int surge = state.maxSurge();
        return surge == 0 ? replacing(pairs.values(), state) : surging(pairs, surge, state);
    }

    /** The pods that count on a node. {@code clear} is false where there are more than one of a sort, which are pruned first. */
    private record Pair(@Nullable Pod updated, @Nullable Pod old, boolean clear) {
        static Pair on(String node, DaemonState state) {
            List<Pod> here = state.on(node).stream()
                    .filter(pod -> pod.metadata().deletionTimestamp() == null)
                    .toList();
            List<Pod> updated = here.stream().filter(state::isUpdated).toList();
            List<Pod> old = here.stream().filter(pod -> !state.isUpdated(pod)).toList();
            return new Pair(
                    updated.isEmpty() ? null : updated.get(0),
                    old.isEmpty() ? null : old.get(0),
                    updated.size() < 2 && old.size() < 2);
        }
    }

    /** Old pods that serve nobody go at once; others as far as nodes may be without. */
    private static DaemonRollout replacing(Collection<Pair> pairs, DaemonState state) {
        int spare = state.maxUnavailable();
        List<Pod> useless = new ArrayList<>();
        List<Pod> candidates = new ArrayList<>();
        for (Pair pair : pairs) {
            Pod updated = pair.updated();
            Pod old = pair.old();
            if (pair.clear() && updated == null && old != null) {
                if (state.isAvailable(old)) {
                    candidates.add(old);
                } else {
                    useless.add(old);
                    spare--;
                }
            } else if (!pair.clear() || updated == null || old != null || !state.isAvailable(updated)) {
                spare--;
            }
        }
        List<Pod> replace = new ArrayList<>(useless);
        replace.addAll(candidates.subList(0, Math.max(0, Math.min(spare, candidates.size()))));
        return new DaemonRollout(List.of(), replace);
    }

    /** New pods come first, where old ones serve nobody at once, elsewhere as far as nodes may have two. */
    private static DaemonRollout surging(Map<String, Pair> pairs, int maxSurge, DaemonState state) {
        int room = maxSurge;
        List<String> surge = new ArrayList<>();
        List<String> candidates = new ArrayList<>();
        List<Pod> replace = new ArrayList<>();
        for (Map.Entry<String, Pair> entry : pairs.entrySet()) {
            Pod updated = entry.getValue().updated();
            Pod old = entry.getValue().old();
            if (!entry.getValue().clear()) {
                room--;
            } else if (old != null && updated == null) {
                if (!state.runsOn(entry.getKey())) {
                    continue; // no new pod may come here: the old one stays as long as it may
                }
                (state.isAvailable(old) ? candidates : surge).add(entry.getKey());
            } else if (old != null && updated != null) {
                if (state.isAvailable(updated)) {
                    replace.add(old);
                } else {
                    room--;
                }
            }
        }
        surge.addAll(candidates.subList(0, Math.max(0, Math.min(room, candidates.size()))));
        return new DaemonRollout(surge, replace);
    }
}
