package io.orchestrator.core.embed;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.env.Environment;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service {@code kubernetes} in the namespace {@code default}, by which pods find the API. It has no selector: its one
 * endpoint is the server's own address, in the form of a slice and in the older one, and goes when the server goes. Whoever
 * deletes or changes any of it gets it back within ten seconds.
 */
final class KubernetesService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesService.class);
    private static final String NAME = ApiServiceObjects.NAME;
    private static final long LOOK_SECONDS = 10;

    private final ApiServiceObjects wanted;
    private final String clusterIp;
    private final Client writer;
    private final ScheduledFuture<?> looking;

    /**
     * Makes the service point to this URL, and keeps it so until the close.
     *
     * @param clusterIp what {@link #address} said
     */
    KubernetesService(String url, String clusterIp, Client client, Environment environment) {
        this.wanted = ApiServiceObjects.at(URI.create(url));
        this.clusterIp = clusterIp;
        this.writer = writer(client);
        mend();
        this.looking = environment
                .timers()
                .scheduleWithFixedDelay(
                        () -> environment.executor().execute(this::look), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** The address that the service has or will have, which the server's certificate must name. @param first of the block */
    static String address(Client client, String first) {
        return writer(client)
                .services()
                .find(NAME)
                .map(service -> service.spec().clusterIP())
                .orElse(first);
    }

    /** Takes away the endpoints of a server that is gone; the service itself and its address stay. */
    static void withdraw(Client client) {
        Client writer = writer(client);
        delete(writer.resources(EndpointSlice.TYPE));
        delete(writer.resources(Endpoints.TYPE));
    }

    private static void delete(ResourceClient<?> client) {
        if (client.find(NAME).isPresent()) {
            client.delete(NAME);
        }
    }

    private static Client writer(Client client) {
        return client.inNamespace("default").as("apiserver");
    }

    private void look() {
        try {
            mend();
        } catch (ApiException e) {
            LOG.warn("the service {} could not be kept; the next look tries again", NAME, e);
        }
    }

    /** Writes nothing while all is as it should be. */
    private synchronized void mend() {
        Optional<Service> service = writer.services().find(NAME);
        if (service.isEmpty()) {
            createService();
        } else if (!service.get().spec().ports().equals(wanted.ports())) {
            writer.services()
                    .edit(
                            NAME,
                            old -> old.withSpec(ServiceSpecBuilder.builder(old.spec())
                                    .ports(wanted.ports())
                                    .build()));
        }
        mendSlice(wanted.slice());
        mendEndpoints(wanted.endpoints());
    }

    private void createService() {
        try {
            writer.services().create(wanted.service(clusterIp));
        } catch (ApiException e) {
            if (e.reason() != Reason.INVALID) {
                throw e;
            }
            LOG.warn("the service {} gets another address than the server's certificate names", NAME, e);
            writer.services().create(wanted.service(""));
        }
    }

    private void mendSlice(EndpointSlice slice) {
        ResourceClient<EndpointSlice> slices = writer.resources(EndpointSlice.TYPE);
        Optional<EndpointSlice> found = slices.find(NAME);
        if (found.isPresent() && !found.get().addressType().equals(slice.addressType())) {
            slices.delete(NAME);
            found = Optional.empty();
        }
        if (found.isEmpty()) {
            slices.create(slice);
        } else if (!found.get().endpoints().equals(slice.endpoints())
                || !found.get().ports().equals(slice.ports())) {
            slices.edit(
                    NAME,
                    old -> old.with(
                            change -> change.endpoints(slice.endpoints()).ports(slice.ports())));
        }
    }

    private void mendEndpoints(Endpoints endpoints) {
        ResourceClient<Endpoints> client = writer.resources(Endpoints.TYPE);
        Optional<Endpoints> found = client.find(NAME);
        if (found.isEmpty()) {
            client.create(endpoints);
        } else if (!found.get().subsets().equals(endpoints.subsets())) {
            client.edit(NAME, old -> new Endpoints(old.metadata(), List.copyOf(endpoints.subsets())));
        }
    }

    /** Nothing answers any more: the endpoints go, the service stays. */
    @Override
    public synchronized void close() {
        looking.cancel(false);
        withdraw(writer);
    }
}
