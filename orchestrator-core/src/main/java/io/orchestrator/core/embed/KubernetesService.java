package io.orchestrator.core.embed;

import io.orchestrator.api.client.ApiException;
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
import io.orchestrator.core.env.Environment;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service {@code kubernetes} in the namespace {@code default}, by which pods find the API. It has no selector: its one
 * endpoint is the server's own address. Whoever deletes it gets it back within ten seconds.
 */
final class KubernetesService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesService.class);
    private static final String NAME = "kubernetes";
    private static final String PORT_NAME = "https";
    private static final int PORT = 443;
    private static final long LOOK_SECONDS = 10;
    private static final Map<String, String> LABELS = Map.of("component", "apiserver", "provider", "kubernetes");

    private final URI server;
    private final Client writer;
    private final ScheduledFuture<?> looking;

    /** Makes the service point to this URL, and keeps it so until the close. */
    KubernetesService(String url, Client client, Environment environment) {
        this.server = URI.create(url);
        this.writer = client.inNamespace("default").as("apiserver");
        mend();
        this.looking = environment
                .timers()
                .scheduleWithFixedDelay(
                        () -> environment.executor().execute(this::look), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            mend();
        } catch (ApiException e) {
            LOG.warn("the service {} could not be kept; the next look tries again", NAME, e);
        }
    }

    /** Writes nothing while all is as it should be. */
    private void mend() {
        if (writer.services().find(NAME).isEmpty()) {
            writer.services().create(service(server.getPort()));
        }
        EndpointSlice wanted = slice(server);
        var slices = writer.resources(EndpointSlice.TYPE);
        Optional<EndpointSlice> found = slices.find(NAME);
        if (found.isEmpty()) {
            slices.create(wanted);
        } else if (!found.get().endpoints().equals(wanted.endpoints())
                || !found.get().ports().equals(wanted.ports())) {
            slices.edit(
                    NAME,
                    old -> old.with(
                            change -> change.endpoints(wanted.endpoints()).ports(wanted.ports())));
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
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
