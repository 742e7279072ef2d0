package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.Pod;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whose pods which autoscaler sizes, so that no two size the same. Safe for concurrent use. */
final class TargetSelectors {
    private final Map<ObjectKey, Selector> known = new ConcurrentHashMap<>();

    /** Notes the autoscaler's own, and returns all that choose some of these pods, in order. */
    List<ObjectKey> choosing(ObjectKey key, Selector selector, Collection<Pod> pods) {
        known.put(key, selector);
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(key.namespace()))
                .filter(entry -> entry.getKey().equals(key) || pods.stream().anyMatch(entry.getValue()::matches))
                .map(Map.Entry::getKey)
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    void forget(ObjectKey key) {
        known.remove(key);
    }
}
