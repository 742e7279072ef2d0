package io.orchestrator.core.webhook;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.discovery.Endpoint;
import io.orchestrator.api.model.discovery.EndpointPort;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.registry.admission.Admission.Lookup;
import io.orchestrator.core.registry.webhook.ReviewTransport.Failure;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Connections to the services of the cluster: to one of the ready endpoints, by chance. Thread-safe. */
final class ServiceEndpoints {
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private final Addresses addresses;
    private final RandomGenerator random;
    private final @Nullable NodeEndpoint pods;

    ServiceEndpoints(Addresses addresses, RandomGenerator random) {
        this(addresses, random, null);
    }

    ServiceEndpoints(Addresses addresses, RandomGenerator random, @Nullable NodeEndpoint pods) {
        this.addresses = addresses;
        this.random = random;
        this.pods = pods;
    }

    private record Candidate(Endpoint endpoint, int port) {}

    Socket connect(String namespace, String name, int port, Lookup lookup, Deadline deadline)
            throws IOException, Failure {
        Service service = lookup.find(Service.TYPE, namespace, name)
                .orElseThrow(() -> new Failure("service \"" + name + "\" not found"));
        ServicePort wanted = service.spec().ports().stream()
                .filter(each -> each.port() == port)
                .findFirst()
                .orElseThrow(() -> new Failure("no service port " + port + " found for service \"" + name + "\""));
        if ("ExternalName".equals(service.spec().type())) {
            return addresses.connect(service.spec().externalName(), port, deadline);
        }
        List<Candidate> ready = ready(namespace, name, text(wanted.name()), lookup);
        if (ready.isEmpty()) {
            throw new Failure("no endpoints available for service \"" + name + "\"");
        }
        return connect(namespace, ready.get(random.nextInt(ready.size())), lookup, deadline);
    }

    private static List<Candidate> ready(String namespace, String name, String portName, Lookup lookup) {
        List<Candidate> ready = new ArrayList<>();
        for (EndpointSlice slice : lookup.list(EndpointSlice.TYPE, namespace)) {
            if (!name.equals(slice.metadata().labels().get(SERVICE_LABEL))) {
                continue;
            }
            for (EndpointPort each : slice.ports()) {
                Integer number = each.port();
                if (number != null && portName.equals(text(each.name()))) {
                    slice.endpoints().stream()
                            .filter(endpoint ->
                                    !Boolean.FALSE.equals(endpoint.conditions().ready()))
                            .filter(endpoint -> !endpoint.addresses().isEmpty())
                            .forEach(endpoint -> ready.add(new Candidate(endpoint, number)));
                }
            }
        }
        return ready;
    }

    private Socket connect(String namespace, Candidate candidate, Lookup lookup, Deadline deadline)
            throws IOException, Failure {
        ObjectReference reference = candidate.endpoint().targetRef();
        String address = candidate.endpoint().addresses().get(0);
        NodeEndpoint reaching = pods;
        if (reaching != null && reference != null && reference.kind().equals("Pod")) {
            return through(reaching, namespace, reference.name(), candidate.port(), deadline);
        }
        if (reaching != null) {
            // Somebody wrote this address by hand: it may be that of a pod.
            for (Pod pod : lookup.list(Pod.TYPE, "")) {
                if (pod.status().podIP().equals(address) && !pod.spec().hostNetwork()) {
                    return through(
                            reaching, pod.metadata().namespace(), pod.metadata().name(), candidate.port(), deadline);
                }
            }
        }
        return addresses.connect(address, candidate.port(), deadline);
    }

    private static Socket through(NodeEndpoint pods, String namespace, String pod, int port, Deadline deadline)
            throws IOException {
        CompletableFuture<PodConnection> connecting =
                pods.connect(namespace, pod, port).toCompletableFuture();
        try {
            return new PodSocket(connecting.get(deadline.millisLeft(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | CompletionException | ApiException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IOException(String.valueOf(why.getMessage()), e);
        } catch (TimeoutException e) {
            // It may come when nobody waits for it any more.
            connecting.thenAccept(PodConnection::close);
            throw new IOException("context deadline exceeded", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server is being closed", e);
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
