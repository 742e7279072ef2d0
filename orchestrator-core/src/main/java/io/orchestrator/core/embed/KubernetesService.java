package io.orchestrator.core.embed;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.discovery.Endpoint;
import io.orchestrator.api.model.discovery.EndpointBuilder;
import io.orchestrator.api.model.discovery.EndpointConditionsBuilder;
import io.orchestrator.api.model.discovery.EndpointPortBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.discovery.EndpointSliceBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The service {@code kubernetes} in the namespace {@code default}, by which pods find the API. It has no selector: its one
 * endpoint is the server's own address.
 */
final class KubernetesService {
    private static final String NAME = "kubernetes";
    private static final String PORT_NAME = "https";
    private static final int PORT = 443;
    private static final Map<String, String> LABELS = Map.of("component", "apiserver", "provider", "kubernetes");

    private KubernetesService() {}

    /** Makes the service point to this URL. */
    static void pointTo(String url, Client client) {
        URI server = URI.create(url);
        Client writer = client.inNamespace("default").as("apiserver");
        if (writer.services().find(NAME).isEmpty()) {
            writer.services().create(service(server.getPort()));
        }
        EndpointSlice wanted = slice(server);
        var slices = writer.resources(EndpointSlice.TYPE);
        if (slices.find(NAME).isEmpty()) {
            slices.create(wanted);
        } else {
            slices.edit(
                    NAME,
                    found -> found.with(
                            change -> change.endpoints(wanted.endpoints()).ports(wanted.ports())));
        }
    }

    private static Service service(int targetPort) {
        return ServiceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(NAME)
                        .namespace("default")
                        .labels(LABELS)
                        .build())
                .spec(ServiceSpecBuilder.builder()
                        .ports(List.of(ServicePortBuilder.builder()
                                .name(PORT_NAME)
                                .port(PORT)
                                .protocol("TCP")
                                .targetPort(IntOrString.of(targetPort))
                                .build()))
                        .build())
                .build();
    }

    private static EndpointSlice slice(URI server) {
        Endpoint endpoint = EndpointBuilder.builder()
                .addresses(List.of(server.getHost()))
                .conditions(EndpointConditionsBuilder.builder().ready(true).build())
                .build();
        return EndpointSliceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(NAME)
                        .namespace("default")
                        .labels(Map.of("kubernetes.io/service-name", NAME))
                        .build())
                .addressType("IPv4")
                .endpoints(List.of(endpoint))
                .ports(List.of(EndpointPortBuilder.builder()
                        .name(PORT_NAME)
                        .port(server.getPort())
                        .protocol("TCP")
                        .build()))
                .build();
    }
}
