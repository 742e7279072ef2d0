package io.orchestrator.core.embed;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.env.Environment;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service {@code kubernetes} in the namespace {@code default}, by which pods find the API. It has no selector: its endpoints
 * are the addresses of the servers, in the form of slices and in the older one, and each goes when its server goes. Whoever
 * deletes or changes any of it gets it back within ten seconds. Where several control planes share a store, each keeps the
 * endpoints of all that are alive, as {@link ApiServerLeases} say.
 */
final class KubernetesService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesService.class);
    private static final String NAME = ApiServiceObjects.NAME;
    private static final String SLICES = "kubernetes.io/service-name=" + NAME;
    /** Of a slice that no other than these servers makes. */
    private static final Pattern OWN_SLICE = Pattern.compile(NAME + "(-ipv[46]-[0-9]+)?");

    private static final long LOOK_SECONDS = 10;
    private static final int TRIES = 5;

    private final URI url;
    private final String clusterIp;
    private final Client writer;
    private final Optional<ApiServerLeases> others;
    private final ScheduledFuture<?> looking;
    /** Guarded by this. */
    private boolean closed;

    /**
     * Makes the service point to this URL, and keeps it so until the close.
     *
     * @param clusterIp what {@link #address} said
     * @param alone whether no other control plane serves the store
     */
    KubernetesService(String url, String clusterIp, Client client, boolean alone, Environment environment) {
        this.url = URI.create(url);
        this.clusterIp = clusterIp;
        this.writer = writer(client);
        this.others = alone ? Optional.empty() : Optional.of(new ApiServerLeases(this.url, client, environment));
        begin();
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

    /** Takes away the endpoints of servers that are gone; the service itself and its address stay. */
    static void withdraw(Client client) {
        Client writer = writer(client);
        mendSlices(List.of(), writer);
        if (writer.resources(Endpoints.TYPE).find(NAME).isPresent()) {
            writer.resources(Endpoints.TYPE).delete(NAME);
        }
    }

    private static Client writer(Client client) {
        return client.inNamespace("default").as("apiserver");
    }

    /** Others may begin at the same moment. */
    private void begin() {
        for (int i = 1; ; i++) {
            try {
                mend();
                return;
            } catch (ApiException e) {
                boolean raced = e.isConflict() || e.isAlreadyExists() || e.isNotFound();
                if (!raced || others.isEmpty() || i == TRIES) {
                    throw e;
                }
                LOG.debug("another server mends the service {} too", NAME, e);
            }
        }
    }

    private void look() {
        try {
            mend();
        } catch (ApiException e) {
            LOG.warn("the service {} could not be kept; the next look tries again", NAME, e);
        }
    }

    /** But for its lease, writes nothing while all is as it should be. */
    private synchronized void mend() {
        if (closed) {
            // A look that was handed to the executor before the close would bring back what that took away.
            return;
        }
        mend(others.map(ApiServerLeases::renew).orElseGet(() -> List.of(url)));
    }

    private void mend(List<URI> servers) {
        ApiServiceObjects wanted = ApiServiceObjects.at(servers);
        Optional<Service> service = writer.services().find(NAME);
        if (service.isEmpty()) {
            createService(wanted);
        } else if (!wanted.accepts(service.get().spec().ports())) {
            writer.services()
                    .edit(
                            NAME,
                            old -> old.withSpec(ServiceSpecBuilder.builder(old.spec())
                                    .ports(wanted.ports())
                                    .build()));
        }
        mendSlices(wanted.slices(), writer);
        mendEndpoints(wanted.endpoints());
    }

    private void createService(ApiServiceObjects wanted) {
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

    private static void mendSlices(List<EndpointSlice> wanted, Client writer) {
        ResourceClient<EndpointSlice> client = writer.resources(EndpointSlice.TYPE);
        Map<String, EndpointSlice> present = new HashMap<>();
        client.list(ListOptions.all().labels(SLICES))
                .items()
                .forEach(slice -> present.put(slice.metadata().name(), slice));
        for (EndpointSlice slice : wanted) {
            // A slice that lost its label is found by its name.
            String name = slice.metadata().name();
            EndpointSlice found = present.remove(name);
            mendSlice(slice, found == null ? client.find(name) : Optional.of(found), client);
        }
        present.keySet().stream()
                .filter(name -> OWN_SLICE.matcher(name).matches())
                .sorted()
                .forEach(client::delete);
    }

    private static void mendSlice(
            EndpointSlice slice, Optional<EndpointSlice> found, ResourceClient<EndpointSlice> client) {
        String name = slice.metadata().name();
        if (found.isPresent() && !found.get().addressType().equals(slice.addressType())) {
            client.delete(name);
            client.create(slice);
        } else if (found.isEmpty()) {
            client.create(slice);
        } else if (!found.get().endpoints().equals(slice.endpoints())
                || !found.get().ports().equals(slice.ports())) {
            client.edit(
                    name,
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

    /** This server answers no more: its endpoints go, the service and those of others stay. */
    @Override
    public synchronized void close() {
        closed = true;
        looking.cancel(false);
        List<URI> left = others.map(ApiServerLeases::end).orElseGet(List::of);
        if (left.isEmpty()) {
            withdraw(writer);
        } else {
            mend(left);
        }
    }
}
