package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpec;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import java.util.ArrayList;
import java.util.List;

/** What an update that is silent about addresses and node ports keeps of them, so that a plain manifest can be put again. */
final class ServiceUpdates {
    private ServiceUpdates() {}

    static Service kept(Service wanted, Service current) {
        ServiceSpec now = current.spec();
        ServiceSpec spec = wanted.spec();
        ServiceSpecBuilder builder = ServiceSpecBuilder.builder(spec);
        if (!external(spec) && !external(now)) {
            if (spec.clusterIP().isEmpty()) {
                builder.clusterIP(now.clusterIP());
            }
            if (spec.clusterIPs().isEmpty() && builder.clusterIP().equals(now.clusterIP())) {
                builder.clusterIPs(now.clusterIPs());
            }
            if (spec.ipFamilies().isEmpty()) {
                builder.ipFamilies(now.ipFamilies());
            }
            if (spec.ipFamilyPolicy() == null) {
                builder.ipFamilyPolicy(now.ipFamilyPolicy());
            }
        }
        if (published(spec) && published(now)) {
            builder.ports(withNodePorts(spec.ports(), now.ports()));
            if (spec.healthCheckNodePort() == 0) {
                builder.healthCheckNodePort(now.healthCheckNodePort());
            }
        }
        return ServiceBuilder.builder(wanted).spec(builder.build()).build();
    }

    private static List<ServicePort> withNodePorts(List<ServicePort> wanted, List<ServicePort> current) {
        List<ServicePort> ports = new ArrayList<>();
        for (ServicePort port : wanted) {
            int known = port.nodePort() != 0
                    ? port.nodePort()
                    : current.stream()
                            .filter(other -> other.port() == port.port() && sameProtocol(other, port))
                            .mapToInt(ServicePort::nodePort)
                            .findFirst()
                            .orElse(0);
            ports.add(ServicePortBuilder.builder(port).nodePort(known).build());
        }
        return ports;
    }

    private static boolean sameProtocol(ServicePort one, ServicePort other) {
        return other.protocol().isEmpty() || one.protocol().equals(other.protocol());
    }

    private static boolean external(ServiceSpec spec) {
        return spec.type().equals("ExternalName");
    }

    private static boolean published(ServiceSpec spec) {
        return spec.type().equals("NodePort") || spec.type().equals("LoadBalancer");
    }
}
