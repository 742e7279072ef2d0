package io.orchestrator.core.control.namespace;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is left in a terminating namespace.
 *
 * @param counts instances per kind, named {@code pods.} or {@code deployments.apps} as Kubernetes does in its messages
 * @param finalizers how many objects wait for each finalizer
 * @param failures kinds that could not be emptied, and why
 */
record Remains(Map<String, Integer> counts, Map<String, Integer> finalizers, Map<String, String> failures) {
    Remains {
        counts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        finalizers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(finalizers));
        failures = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    boolean isEmpty() {
        return counts.isEmpty() && failures.isEmpty();
    }

    /** Collects. */
    static final class Builder {
        private final Map<String, Integer> counts = new TreeMap<>();
        private final Map<String, Integer> finalizers = new TreeMap<>();
        private final Map<String, String> failures = new TreeMap<>();

        void add(ResourceType<?> type, List<? extends Resource> items) {
            if (items.isEmpty()) {
                return;
            }
            counts.put(type.plural() + "." + type.group(), items.size());
            items.forEach(item ->
                    item.metadata().finalizers().forEach(finalizer -> finalizers.merge(finalizer, 1, Integer::sum)));
        }

        void failed(ResourceType<?> type, String why) {
            failures.put(type.plural() + "." + type.group(), why);
        }

        Remains build() {
            return new Remains(counts, finalizers, failures);
        }
    }
}
