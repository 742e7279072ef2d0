package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.ResourceRequirements;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How much of the node a pod is counted for, and how much it may have: what runs at once, or what its initialization needs at its
 * height where that is more, with sidecars beside all that comes after them; the sandbox's overhead on top; and one of the node's
 * pods. Pure.
 */
final class PodRequests {
    private PodRequests() {}

    static Map<String, Quantity> of(Pod pod) {
        PodSpec spec = pod.spec();
        Map<String, Quantity> requests = height(spec, ResourceRequirements::requests);
        add(requests, spec.overhead());
        requests.put("pods", Quantity.of(1));
        return requests;
    }

    /** Of what one of the containers has a limit of; those that have none do not count. */
    static Map<String, Quantity> limits(Pod pod) {
        PodSpec spec = pod.spec();
        Map<String, Quantity> limits = height(spec, ResourceRequirements::limits);
        limits.replaceAll((name, limit) -> limit.plus(spec.overhead().getOrDefault(name, Quantity.ZERO)));
        return limits;
    }

    private static Map<String, Quantity> height(
            PodSpec spec, Function<ResourceRequirements, Map<String, Quantity>> which) {
        Map<String, Quantity> running = new TreeMap<>();
        spec.containers().forEach(container -> add(running, which.apply(container.resources())));
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> starting = new TreeMap<>();
        for (Container init : spec.initContainers()) {
            Map<String, Quantity> own = which.apply(init.resources());
            if ("Always".equals(init.restartPolicy())) {
                add(sidecars, own);
                raise(starting, sidecars);
            } else {
                Map<String, Quantity> both = new TreeMap<>(sidecars);
                add(both, own);
                raise(starting, both);
            }
        }
        add(running, sidecars);
        raise(running, starting);
        if (spec.resources() != null) {
            running.putAll(which.apply(spec.resources()));
        }
        return running;
    }

    private static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, value) -> sum.merge(name, value, Quantity::plus));
    }

    private static void raise(Map<String, Quantity> most, Map<String, Quantity> other) {
        other.forEach((name, value) -> most.merge(name, value, (one, two) -> one.compareTo(two) >= 0 ? one : two));
    }
}
