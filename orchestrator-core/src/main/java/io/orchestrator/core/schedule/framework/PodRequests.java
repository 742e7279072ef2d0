package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.core.placement.ContainerRequests;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How much room a pod takes, as Kubernetes counts it: all containers run at once, init containers one after the other before
 * them, sidecars (init containers that restart always) from their turn on beside everything that follows, and the overhead
 * of the sandbox on top.
 */
final class PodRequests {
    /** What a container without a request counts for in scores, so that such pods spread too. */
    private static final long SCORED_MILLI_CPU = 100;

    private static final long SCORED_MEMORY = 200L * 1024 * 1024;

    private PodRequests() {}

    static Resources of(Pod pod) {
        return total(pod, Resources::of);
    }

    /** As {@link #of}, with CPU and memory of containers that ask for none set to what scores assume. */
    static Resources scored(Pod pod) {
        return total(pod, requests -> {
            Resources asked = Resources.of(requests);
            return new Resources(
                    requests.containsKey("cpu") ? asked.milliCpu() : SCORED_MILLI_CPU,
                    requests.containsKey("memory") ? asked.memory() : SCORED_MEMORY,
                    asked.ephemeralStorage(),
                    asked.extended());
        });
    }

    private static Resources total(Pod pod, Function<Map<String, Quantity>, Resources> requests) {
        PodSpec spec = pod.spec();
        Resources running = Resources.NONE;
        for (Container container : spec.containers()) {
            running = running.plus(requests.apply(ContainerRequests.of(pod, container)));
        }
        Resources sidecars = Resources.NONE;
        Resources starting = Resources.NONE;
        for (Container container : spec.initContainers()) {
            Resources asked = requests.apply(container.resources().requests());
            if (isSidecar(container)) {
                sidecars = sidecars.plus(asked);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(asked.plus(sidecars));
            }
        }
        return ofThePod(running.plus(sidecars).max(starting), spec).plus(Resources.of(spec.overhead()));
    }

    /** What the pod asks for as a whole stands in the place of what its containers ask for. */
    private static Resources ofThePod(Resources containers, PodSpec spec) {
        if (spec.resources() == null || spec.resources().requests().isEmpty()) {
            return containers;
        }
        Map<String, Quantity> requests = spec.resources().requests();
        Resources whole = Resources.of(requests);
        Map<String, Long> extended = new TreeMap<>(containers.extended());
        whole.extended().forEach((name, amount) -> {
            if (name.startsWith("hugepages-")) {
                extended.put(name, amount);
            }
        });
        return new Resources(
                requests.containsKey("cpu") ? whole.milliCpu() : containers.milliCpu(),
                requests.containsKey("memory") ? whole.memory() : containers.memory(),
                containers.ephemeralStorage(),
                extended);
    }

    static boolean isSidecar(Container container) {
        return "Always".equals(container.restartPolicy());
    }
}
