package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Draft;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.schema.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A {@link Service} in the making. */
public final class ServiceDraft extends Draft<Service, ServiceDraft> {
    private ServiceSpec spec = ServiceSpec.EMPTY;

    ServiceDraft(String name) {
        super(name);
    }

    /** Only pods with this label, and with the others that are named, get its traffic. */
    public ServiceDraft selects(String label, String value) {
        return set(spec.withSelector(Fields.put(spec.selector(), label, value)));
    }

    /** A port that is the same on the service and on its pods. */
    public ServiceDraft port(int port) {
        return port("", port, IntOrString.of(port));
    }

    public ServiceDraft port(int port, int targetPort) {
        return port("", port, IntOrString.of(targetPort));
    }

    /** Several ports need names. */
    public ServiceDraft port(String name, int port, int targetPort) {
        return port(name, port, IntOrString.of(targetPort));
    }

    public ServiceDraft port(String name, int port, String targetPortName) {
        return port(name, port, IntOrString.of(targetPortName));
    }

    private ServiceDraft port(String name, int port, IntOrString target) {
        ServicePort added = ServicePortBuilder.builder()
                .name(name)
                .port(port)
                .targetPort(target)
                .build();
        return set(spec.withPorts(Fields.append(spec.ports(), added)));
    }

    /** Where the last port leads to in the pods. */
    public ServiceDraft targetPort(int port) {
        return lastPort(last -> last.targetPort(IntOrString.of(port)));
    }

    /** The name of the containers' port that the last port leads to. */
    public ServiceDraft targetPort(String name) {
        return lastPort(last -> last.targetPort(IntOrString.of(name)));
    }

    /** One of {@link Protocol}, for the last port. */
    public ServiceDraft protocol(String protocol) {
        return lastPort(last -> last.protocol(protocol));
    }

    /** Opens the last port on every node under this number, which makes the type {@code NodePort}. */
    public ServiceDraft nodePort(int nodePort) {
        return nodePort().lastPort(last -> last.nodePort(nodePort));
    }

    /** Opens every port on every node, under numbers that the registry picks. */
    public ServiceDraft nodePort() {
        return type(ServiceType.NODE_PORT);
    }

    public ServiceDraft loadBalancer() {
        return type(ServiceType.LOAD_BALANCER);
    }

    /** No address of its own: its name leads to the pods' addresses. */
    public ServiceDraft headless() {
        return clusterIP("None");
    }

    public ServiceDraft clusterIP(String address) {
        return set(spec.withClusterIP(address));
    }

    /** Another name for a host outside. */
    public ServiceDraft externalName(String host) {
        return spec(spec -> spec.type(ServiceType.EXTERNAL_NAME).externalName(host));
    }

    /** One of {@link ServiceType}. */
    public ServiceDraft type(String type) {
        return set(spec.withType(type));
    }

    /** A client stays with one pod. */
    public ServiceDraft sticky() {
        return set(spec.withSessionAffinity(ServiceAffinity.CLIENT_IP));
    }

    private ServiceDraft lastPort(UnaryOperator<ServicePortBuilder> edit) {
        List<ServicePort> ports = new ArrayList<>(spec.ports());
        if (ports.isEmpty()) {
            throw new IllegalStateException("name a port first");
        }
        int last = ports.size() - 1;
        ports.set(last, edit.apply(ServicePortBuilder.builder(ports.get(last))).build());
        return set(spec.withPorts(ports));
    }

    /** For whatever has no verb of its own here. */
    public ServiceDraft spec(UnaryOperator<ServiceSpecBuilder> edit) {
        return set(edit.apply(ServiceSpecBuilder.builder(spec)).build());
    }

    @Override
    public Service build() {
        return new Service(metadata(), spec, ServiceStatus.EMPTY);
    }

    private ServiceDraft set(ServiceSpec changed) {
        spec = changed;
        return this;
    }
}
