package io.orchestrator.core.network.policy;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a pod matters to policies.
 *
 * @param ports numbers by protocol and name, such as {@code TCP/http}
 */
public record Party(String namespace, Map<String, String> labels, String address, Map<String, Integer> ports) {
    public Party {
        labels = Map.copyOf(labels);
        ports = Map.copyOf(ports);
    }

    /** Empty for a pod that has no address of its own, or no longer. */
    static Optional<Party> of(Pod pod) {
        String address = pod.status().podIP();
        String phase = pod.status().phase();
        boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
        boolean shares = pod.spec().hostNetwork();
        if (ended || shares || address.isEmpty() || address.indexOf(':') >= 0) {
            return Optional.empty();
        }
        Map<String, Integer> ports = new HashMap<>();
        collect(pod.spec().initContainers(), ports);
        collect(pod.spec().containers(), ports);
        return Optional.of(new Party(pod.metadata().namespace(), pod.metadata().labels(), address, ports));
    }

    private static void collect(List<Container> containers, Map<String, Integer> ports) {
        for (Container container : containers) {
            for (ContainerPort port : container.ports()) {
                if (!port.name().isEmpty()) {
                    ports.put(name(port.protocol(), port.name()), port.containerPort());
                }
            }
        }
    }

    /** The number of a named port. */
    Optional<Integer> port(String protocol, String name) {
        return Optional.ofNullable(ports.get(name(protocol, name)));
    }

    private static String name(String protocol, String name) {
        return protocol + "/" + name;
    }
}
