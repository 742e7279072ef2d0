package io.orchestrator.core.control;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServicePort;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A pod with an address behind a service, as the controllers of endpoints see it.
 *
 * @param ready whether the pod says that it can take traffic
 * @param changed when it last said otherwise; null where it never did
 * @param terminating whether the pod is being deleted
 */
public record ServiceBackend(
        Pod pod, String address, boolean ready, @Nullable Time changed, boolean terminating) {

    /** The name under which DNS finds the pod, when it belongs to this service's subdomain; else empty. */
    public String hostname(Service service) {
        boolean member = pod.spec().subdomain().equals(service.metadata().name());
        return member ? pod.spec().hostname() : "";
    }

    /** The port of this pod to which a service's port leads; empty when it is a name that the pod does not know. */
    public OptionalInt target(ServicePort port) {
        if (!port.targetPort().isText()) {
            int number = port.targetPort().number();
            return OptionalInt.of(number == 0 ? port.port() : number);
        }
        OptionalInt found = named(pod.spec().containers(), port);
        return found.isPresent() ? found : named(ServiceBackends.sidecars(pod), port);
    }

    public ObjectReference reference() {
        return ObjectReferenceBuilder.builder()
                .kind(Pod.TYPE.kind())
                .namespace(pod.metadata().namespace())
                .name(pod.metadata().name())
                .uid(pod.metadata().uid())
                .build();
    }

    private static OptionalInt named(Iterable<Container> containers, ServicePort wanted) {
        for (Container container : containers) {
            for (ContainerPort port : container.ports()) {
                if (port.name().equals(wanted.targetPort().text())
                        && ServiceBackends.protocol(port.protocol())
                                .equals(ServiceBackends.protocol(wanted.protocol()))) {
                    return OptionalInt.of(port.containerPort());
                }
            }
        }
        return OptionalInt.empty();
    }
}
