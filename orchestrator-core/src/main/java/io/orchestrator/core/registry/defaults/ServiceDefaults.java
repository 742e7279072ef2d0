package io.orchestrator.core.registry.defaults;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.model.core.ClientIPConfig;
import io.orchestrator.api.model.core.ClientIPConfigBuilder;
import io.orchestrator.api.model.core.EndpointPort;
import io.orchestrator.api.model.core.EndpointPortBuilder;
import io.orchestrator.api.model.core.EndpointSubset;
import io.orchestrator.api.model.core.EndpointSubsetBuilder;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.EndpointsBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpec;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.core.SessionAffinityConfig;
import io.orchestrator.api.model.core.SessionAffinityConfigBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.discovery.EndpointSliceBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Kubernetes fills in for services and their endpoints. */
public final class ServiceDefaults {
    private static final int AFFINITY_SECONDS = 10_800;

    private ServiceDefaults() {}

    public static Service of(Service service) {
        ServiceSpec spec = service.spec();
        String type = ContainerDefaults.or(spec.type(), "ClusterIP");
        String affinity = ContainerDefaults.or(spec.sessionAffinity(), "None");
        boolean external = type.equals("ExternalName");
        boolean published = type.equals("NodePort") || type.equals("LoadBalancer");
        boolean reachable =
                published || (type.equals("ClusterIP") && !spec.externalIPs().isEmpty());
        ServiceSpecBuilder builder = ServiceSpecBuilder.builder(spec)
                .type(type)
                .sessionAffinity(affinity)
                .sessionAffinityConfig(affinity.equals("ClientIP") ? timeout(spec.sessionAffinityConfig()) : null)
                .ports(Each.of(spec.ports(), ServiceDefaults::port));
        if (reachable) {
            builder.externalTrafficPolicy(ContainerDefaults.or(spec.externalTrafficPolicy(), "Cluster"));
        }
        if (!external) {
            builder.internalTrafficPolicy(
                    spec.internalTrafficPolicy() == null ? "Cluster" : spec.internalTrafficPolicy());
            families(spec, builder);
        }
        if (type.equals("LoadBalancer")) {
            builder.allocateLoadBalancerNodePorts(
                    spec.allocateLoadBalancerNodePorts() == null ? Boolean.TRUE : spec.allocateLoadBalancerNodePorts());
        }
        return ServiceBuilder.builder(service).spec(builder.build()).build();
    }

    /** One family, as the cluster has; a headless service without selector may have endpoints of both. */
    private static void families(ServiceSpec spec, ServiceSpecBuilder builder) {
        boolean bothWays = spec.clusterIP().equals("None") && spec.selector().isEmpty();
        boolean both = bothWays && spec.ipFamilyPolicy() == null;
        builder.ipFamilyPolicy(
                spec.ipFamilyPolicy() != null ? spec.ipFamilyPolicy() : both ? "RequireDualStack" : "SingleStack");
        if (spec.ipFamilies().isEmpty()) {
            builder.ipFamilies(both ? List.of("IPv4", "IPv6") : List.of("IPv4"));
        }
    }

    private static SessionAffinityConfig timeout(@Nullable SessionAffinityConfig config) {
        SessionAffinityConfig given = config == null ? SessionAffinityConfig.EMPTY : config;
        ClientIPConfig client = given.clientIP() == null ? ClientIPConfig.EMPTY : given.clientIP();
        return SessionAffinityConfigBuilder.builder(given)
                .clientIP(ClientIPConfigBuilder.builder(client)
                        .timeoutSeconds(
                                client.timeoutSeconds() == null
                                        ? Integer.valueOf(AFFINITY_SECONDS)
                                        : client.timeoutSeconds())
                        .build())
                .build();
    }

    private static ServicePort port(ServicePort port) {
        return ServicePortBuilder.builder(port)
                .protocol(ContainerDefaults.or(port.protocol(), "TCP"))
                .targetPort(
                        ContainerDefaults.unset(port.targetPort()) ? IntOrString.of(port.port()) : port.targetPort())
                .build();
    }

    public static Endpoints of(Endpoints endpoints) {
        return EndpointsBuilder.builder(endpoints)
                .subsets(Each.of(endpoints.subsets(), ServiceDefaults::subset))
                .build();
    }

    private static EndpointSubset subset(EndpointSubset subset) {
        return EndpointSubsetBuilder.builder(subset)
                .ports(Each.of(subset.ports(), ServiceDefaults::endpointPort))
                .build();
    }

    private static EndpointPort endpointPort(EndpointPort port) {
        return EndpointPortBuilder.builder(port)
                .protocol(ContainerDefaults.or(port.protocol(), "TCP"))
                .build();
    }

    public static EndpointSlice of(EndpointSlice slice) {
        return EndpointSliceBuilder.builder(slice)
                .ports(Each.of(slice.ports(), ServiceDefaults::slicePort))
                .build();
    }

    private static io.orchestrator.api.model.discovery.EndpointPort slicePort(
            io.orchestrator.api.model.discovery.EndpointPort port) {
        return io.orchestrator.api.model.discovery.EndpointPortBuilder.builder(port)
                .name(port.name() == null ? "" : port.name())
                .protocol(port.protocol() == null ? "TCP" : port.protocol())
                .build();
    }
}
