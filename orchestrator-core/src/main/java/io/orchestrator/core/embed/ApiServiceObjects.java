package io.orchestrator.core.embed;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.EndpointAddressBuilder;
import io.orchestrator.api.model.core.EndpointSubset;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.discovery.EndpointBuilder;
import io.orchestrator.api.model.discovery.EndpointConditionsBuilder;
import io.orchestrator.api.model.discovery.EndpointPortBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.discovery.EndpointSliceBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The service {@code kubernetes} and its endpoints, as they should be while the API is served at one URL. Pure functions. */
record ApiServiceObjects(String host, int port) {
    static final String NAME = "kubernetes";

    private static final String NAMESPACE = "default";
    private static final String PORT_NAME = "https";
    private static final int PORT = 443;
    private static final String TCP = "TCP";

    /** @param url such as {@code https://127.0.0.1:6443} */
    static ApiServiceObjects at(URI url) {
        return new ApiServiceObjects(url.getHost().replaceAll("[\\[\\]]", ""), url.getPort());
    }

    /** @param clusterIp where it shall answer; empty for any address */
    Service service(String clusterIp) {
        return ServiceBuilder.builder()
                .metadata(meta(Map.of("component", "apiserver", "provider", NAME)))
                .spec(ServiceSpecBuilder.builder()
                        .clusterIP(clusterIp)
                        .ports(ports())
                        .build())
                .build();
    }

    List<ServicePort> ports() {
        return List.of(ServicePortBuilder.builder()
                .name(PORT_NAME)
                .port(PORT)
                .protocol(TCP)
                .targetPort(IntOrString.of(port))
                .build());
    }

    /** For clients of the older kind. They stand for the slice; none is to be made from them. */
    Endpoints endpoints() {
        return new Endpoints(
                meta(Map.of("endpointslice.kubernetes.io/skip-mirror", "true")),
                List.of(new EndpointSubset(
                        List.of(EndpointAddressBuilder.builder().ip(host).build()),
                        List.of(),
                        List.of(io.orchestrator.api.model.core.EndpointPortBuilder.builder()
                                .name(PORT_NAME)
                                .port(port)
                                .protocol(TCP)
                                .build()))));
    }

    EndpointSlice slice() {
        return EndpointSliceBuilder.builder()
                .metadata(meta(Map.of("kubernetes.io/service-name", NAME)))
                .addressType(host.indexOf(':') < 0 ? "IPv4" : "IPv6")
                .endpoints(List.of(EndpointBuilder.builder()
                        .addresses(List.of(host))
                        .conditions(
                                EndpointConditionsBuilder.builder().ready(true).build())
                        .build()))
                .ports(List.of(EndpointPortBuilder.builder()
                        .name(PORT_NAME)
                        .port(port)
                        .protocol(TCP)
                        .build()))
                .build();
    }

    private static ObjectMeta meta(Map<String, String> labels) {
        return ObjectMetaBuilder.builder()
                .name(NAME)
                .namespace(NAMESPACE)
                .labels(labels)
                .build();
    }
}
