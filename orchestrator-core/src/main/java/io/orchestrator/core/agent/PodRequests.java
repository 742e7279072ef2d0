package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of the node a pod is counted for: what runs at once, or what its initialization needs at its height where that is
 * more, with sidecars beside all that comes after them; the sandbox's overhead on top; and one of the node's pods. Pure.
 */
final class PodRequests {
    private PodRequests() {}

    static Map<String, Quantity> of(Pod pod) {
        PodSpec spec = pod.spec();
        Map<String, Quantity> running = new TreeMap<>();
        spec.containers()
                .forEach(container -> add(running, container.resources().requests()));
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> starting = new TreeMap<>();
        for (Container init : spec.initContainers()) {
            if ("Always".equals(init.restartPolicy())) {
                add(sidecars, init.resources().requests());
                raise(starting, sidecars);
            } else {
                Map<String, Quantity> both = new TreeMap<>(sidecars);
                add(both, init.resources().requests());
                raise(starting, both);
            }
        }
        add(running, sidecars);
        raise(running, starting);
        if (spec.resources() != null) {
            running.putAll(spec.resources().requests());
        }
        add(running, spec.overhead());
        running.put("pods", Quantity.of(1));
        return running;
    }

    private static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, value) -> sum.merge(name, value, Quantity::plus));
    }

    private static void raise(Map<String, Quantity> most, Map<String, Quantity> other) {
        other.forEach((name, value) -> most.merge(name, value, (one, two) -> one.compareTo(two) >= 0 ? one : two));
    }
}
