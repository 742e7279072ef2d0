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
 * @param published its own ports, by those of its machine that lead there
 */
public record Party(
        String namespace,
        Map<String, String> labels,
        String address,
        Map<String, Integer> ports,
        Map<Published, Integer> published) {
    public Party {
        labels = Map.copyOf(labels);
        ports = Map.copyOf(ports);
        published = Map.copyOf(published);
    }

    /** One that nothing of its machine leads to. */
    public Party(String namespace, Map<String, String> labels, String address, Map<String, Integer> ports) {
        this(namespace, labels, address, ports, Map.of());
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
        Map<Published, Integer> published = new HashMap<>();
        collect(pod.spec().initContainers(), ports, published);
        collect(pod.spec().containers(), ports, published);
        return Optional.of(new Party(pod.metadata().namespace(), pod.metadata().labels(), address, ports, published));
    }

    private static void collect(
            List<Container> containers, Map<String, Integer> ports, Map<Published, Integer> published) {
        for (Container container : containers) {
            for (ContainerPort port : container.ports()) {
                if (!port.name().isEmpty()) {
                    ports.put(name(port.protocol(), port.name()), port.containerPort());
                }
                if (port.hostPort() != 0 && port.hostIP().indexOf(':') < 0) {
                    String address = port.hostIP().equals("0.0.0.0") ? "" : port.hostIP();
                    published.put(new Published(address, port.protocol(), port.hostPort()), port.containerPort());
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
