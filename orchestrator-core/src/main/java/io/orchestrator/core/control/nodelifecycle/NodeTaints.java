package io.orchestrator.core.control.nodelifecycle;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.TaintBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The taints that follow from a node's state. Pure. Taints of others are left alone. */
final class NodeTaints {
    static final String NOT_READY = "node.kubernetes.io/not-ready";
    static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
    private static final String NO_SCHEDULE = "NoSchedule";
    private static final String NO_EXECUTE = "NoExecute";

    /** Conditions that keep new pods away while they are True. */
    private static final Map<String, String> BY_CONDITION = Map.of(
            "MemoryPressure", "node.kubernetes.io/memory-pressure",
            "DiskPressure", "node.kubernetes.io/disk-pressure",
            "PIDPressure", "node.kubernetes.io/pid-pressure",
            "NetworkUnavailable", "node.kubernetes.io/network-unavailable");

    /** Whether pods may be driven off a node that is not healthy. */
    enum Eviction {
        ALLOWED,
        /** Not yet, or not more of it: what stands stays. */
        HELD,
        /** Not at all, and what was begun is taken back. */
        CALLED_OFF
    }

    private NodeTaints() {}

    /** All taints the node should have; the node's own list, in the same order, where nothing changes. */
    static List<Taint> wanted(Node node, NodeHealth health, Eviction eviction, Clock clock) {
        Set<String> noSchedule = noScheduleKeys(node, health);
        Set<String> noExecute = noExecuteKeys(node, health, eviction);
        List<Taint> taints = new ArrayList<>();
        for (Taint taint : node.spec().taints()) {
            boolean kept = !isOurs(taint)
                    || taint.effect().equals(NO_SCHEDULE) && noSchedule.remove(taint.key())
                    || taint.effect().equals(NO_EXECUTE) && noExecute.remove(taint.key());
            if (kept) {
                taints.add(taint);
            }
        }
        Time now = Time.of(clock.instant());
        noSchedule.forEach(key -> taints.add(taint(key, NO_SCHEDULE, now)));
        noExecute.forEach(key -> taints.add(taint(key, NO_EXECUTE, now)));
        return taints;
    }

    static boolean evicts(Node node) {
        return node.spec().taints().stream()
                .anyMatch(taint -> isOurs(taint) && taint.effect().equals(NO_EXECUTE));
    }

    private static Set<String> noScheduleKeys(Node node, NodeHealth health) {
        Set<String> keys = new LinkedHashSet<>();
        switch (health) {
            case NOT_READY -> keys.add(NOT_READY);
            case UNREACHABLE -> keys.add(UNREACHABLE);
            case HEALTHY -> {}
        }
        node.status().conditions().stream()
                .filter(condition -> condition.status().equals("True"))
                .map(condition -> BY_CONDITION.getOrDefault(condition.type(), ""))
                .filter(key -> !key.isEmpty())
                .forEach(keys::add);
        if (node.spec().unschedulable()) {
            keys.add(UNSCHEDULABLE);
        }
        return keys;
    }

    private static Set<String> noExecuteKeys(Node node, NodeHealth health, Eviction eviction) {
        Set<String> keys = new LinkedHashSet<>();
        if (health == NodeHealth.HEALTHY || eviction == Eviction.CALLED_OFF) {
            return keys;
        }
        if (eviction == Eviction.ALLOWED || evicts(node)) {
            keys.add(health == NodeHealth.NOT_READY ? NOT_READY : UNREACHABLE);
        }
        return keys;
    }

    private static boolean isOurs(Taint taint) {
        return taint.key().equals(NOT_READY)
                || taint.key().equals(UNREACHABLE)
                || taint.effect().equals(NO_SCHEDULE)
                        && (taint.key().equals(UNSCHEDULABLE) || BY_CONDITION.containsValue(taint.key()));
    }

    private static Taint taint(String key, String effect, Time now) {
        return TaintBuilder.builder().key(key).effect(effect).timeAdded(now).build();
    }
}
