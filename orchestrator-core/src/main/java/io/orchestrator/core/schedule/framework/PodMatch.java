package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.Pod;
import java.util.Set;

/**
 * Some pods of some namespaces.
 *
 * @param everywhere whether of all namespaces
 */
public record PodMatch(Set<String> namespaces, boolean everywhere, Selector pods) {
    public PodMatch {
        namespaces = everywhere ? Set.of() : Set.copyOf(namespaces);
    }

    /** The pods of one namespace that a selector matches. */
    public static PodMatch in(String namespace, Selector pods) {
        return new PodMatch(Set.of(namespace), false, pods);
    }

    public boolean matches(Pod pod) {
        return (everywhere || namespaces.contains(pod.metadata().namespace()))
                && pods.matches(pod.metadata().labels());
    }
}
