package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerRestartPolicy;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.metrics.MetricsUnavailableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What pods request of a resource, which their use is compared with. Pure. */
final class Requests {
    private Requests() {}

    /**
     * In thousandths, by the pods' names.
     *
     * @param container the one that counts; empty for all that run for as long as the pod does
     * @throws MetricsUnavailableException when one of them says nothing of the resource
     */
    static Map<String, Long> of(Collection<Pod> pods, String resource, String container) {
        Map<String, Long> requests = new HashMap<>();
        for (Pod pod : pods) {
            long sum = lasting(pod)
                    .filter(each -> container.isEmpty() || each.name().equals(container))
                    .mapToLong(each -> request(pod, each, resource))
                    .sum();
            requests.put(pod.metadata().name(), sum);
        }
        return requests;
    }

    private static long request(Pod pod, Container container, String resource) {
        Quantity request = container.resources().requests().get(resource);
        if (request == null) {
            throw new MetricsUnavailableException("missing request for " + resource + " in container "
                    + container.name() + " of Pod " + pod.metadata().name());
        }
        return request.milliValue();
    }

    private static Stream<Container> lasting(Pod pod) {
        Stream<Container> sidecars = pod.spec().initContainers().stream()
                .filter(container -> ContainerRestartPolicy.ALWAYS.equals(container.restartPolicy()));
        return Stream.concat(pod.spec().containers().stream(), sidecars);
    }
}
