package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.discovery.Endpoint;
import io.orchestrator.api.model.discovery.EndpointPort;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.apiserver.proxy.DirectConnection;
import io.orchestrator.apiserver.proxy.ProxyName;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.spi.node.PodConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/** Who stands behind the names of proxied requests. Thread-safe. */
final class ProxyBackends {
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final int DEFAULT_PORT = 80;

    private final ControlPlane plane;

    ProxyBackends(ControlPlane plane) {
        this.plane = plane;
    }

    /** One to speak to. @param host as it knows itself */
    record Backend(String host, CompletionStage<PodConnection> connecting) {
        /** Without the port. */
        String name() {
            return host.substring(0, host.lastIndexOf(':'));
        }
    }

    Backend ofPod(String namespace, ProxyName name) {
        Pod pod = RunningPod.require(plane.registry(), namespace, name.name());
        int port = name.port().isEmpty() ? firstPort(pod) : number(pod, name.port());
        return of(pod.metadata(), pod.status().podIP(), port);
    }

    private Backend of(ObjectMeta pod, String address, int port) {
        return new Backend(address + ":" + port, plane.pods().connect(pod.namespace(), pod.name(), port));
    }

    private static int firstPort(Pod pod) {
        return ports(pod).stream().map(ContainerPort::containerPort).findFirst().orElse(DEFAULT_PORT);
    }

    private static List<ContainerPort> ports(Pod pod) {
        return pod.spec().containers().stream()
                .map(Container::ports)
                .flatMap(List::stream)
                .toList();
    }

    private static int number(Pod pod, String port) {
        if (port.chars().allMatch(Character::isDigit) && port.length() <= 5) {
            return Integer.parseInt(port);
        }
        return ports(pod).stream()
                .filter(each -> port.equals(each.name()))
                .map(ContainerPort::containerPort)
                .findFirst()
                .orElseThrow(
                        () -> ApiException.badRequest("pod " + pod.metadata().name() + " has no port " + port));
    }

    /** A ready endpoint of the service, by chance. */
    Backend ofService(String namespace, ProxyName name) {
        Service service = (Service) plane.registry()
                .get(Target.object(Service.TYPE, namespace, name.name()))
                .object();
        String port = portName(service, name);
        List<IntFunction<Backend>> ready = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (EndpointSlice slice : list(
                Target.collection(EndpointSlice.TYPE, namespace),
                SERVICE_LABEL + "=" + name.name(),
                EndpointSlice.class)) {
            for (EndpointPort each : slice.ports()) {
                Integer number = each.port();
                if (number != null && port.equals(each.name() == null ? "" : each.name())) {
                    slice.endpoints().stream()
                            .filter(endpoint ->
                                    !Boolean.FALSE.equals(endpoint.conditions().ready()))
                            .forEach(endpoint -> {
                                ready.add(at -> of(namespace, endpoint, at));
                                numbers.add(number);
                            });
                }
            }
        }
        if (ready.isEmpty()) {
            throw new ApiException(
                    Reason.SERVICE_UNAVAILABLE, "no endpoints available for service \"" + name.name() + "\"");
        }
        int chosen = plane.environment().random().nextInt(ready.size());
        return ready.get(chosen).apply(numbers.get(chosen));
    }

    private static String portName(Service service, ProxyName name) {
        List<ServicePort> ports = service.spec().ports();
        if (name.port().isEmpty() && ports.size() == 1) {
            return text(ports.get(0).name());
        }
        for (ServicePort each : ports) {
            if (name.port().equals(text(each.name())) || name.port().equals(Integer.toString(each.port()))) {
                return text(each.name());
            }
        }
        throw new ApiException(
                Reason.SERVICE_UNAVAILABLE,
                "no service port " + (name.port().isEmpty() ? "\"\"" : "\"" + name.port() + "\"")
                        + " found for service \"" + name.name() + "\"");
    }

    private static String text(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }

    private Backend of(String namespace, Endpoint endpoint, int port) {
        ObjectReference reference = endpoint.targetRef();
        String address =
                endpoint.addresses().isEmpty() ? "" : endpoint.addresses().get(0);
        if (reference != null && reference.kind().equals("Pod")) {
            Pod pod = RunningPod.require(plane.registry(), namespace, reference.name());
            return of(pod.metadata(), address, port);
        }
        // Somebody wrote this address by hand: it may be that of a pod, and must not be one of this machine's own.
        for (Pod pod : list(Target.collection(Pod.TYPE, ""), "", Pod.class)) {
            if (pod.status().podIP().equals(address)
                    && !address.isEmpty()
                    && !pod.spec().hostNetwork()) {
                return of(pod.metadata(), address, port);
            }
        }
        return new Backend(
                address + ":" + port,
                CompletableFuture.supplyAsync(
                        () -> DirectConnection.to(address, port),
                        plane.environment().executor()));
    }

    private <T extends Resource> List<T> list(Target<T> collection, String labels, Class<T> kind) {
        return plane.registry().list(collection, ListOptions.all().labels(labels)).objects().stream()
                .map(stored -> kind.cast(stored.object()))
                .toList();
    }
}
