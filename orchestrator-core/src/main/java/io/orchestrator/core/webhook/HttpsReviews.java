package io.orchestrator.core.webhook;

import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.admission.Admission.Lookup;
import io.orchestrator.core.registry.webhook.ReviewTransport;
import io.orchestrator.spi.node.NodeEndpoint;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Posts reviews over HTTPS, each on a connection of its own: nothing is pooled, so nothing is left behind. A connection that is
 * open when the time is over is cut from outside, whatever it waits for.
 *
 * <p>A webhook that is given by its URL may be anywhere but on this machine and its link, unless the host allows the former; one
 * that is a service of the cluster is reached as the API server's proxy reaches services, through the agent of its pod's node.
 */
public final class HttpsReviews implements ReviewTransport {
    private static final int DEFAULT_PORT = 443;

    private final Environment environment;
    private final Addresses addresses;
    private final Authorities authorities = new Authorities();
    private volatile ServiceEndpoints services;

    /** @param local whether webhooks may be on the loopback addresses of this machine */
    public HttpsReviews(Environment environment, boolean local) {
        this.environment = environment;
        this.addresses = new Addresses(local);
        this.services = new ServiceEndpoints(addresses, environment.random());
    }

    /** From now on pods are reached through this. */
    public void through(NodeEndpoint pods) {
        services = new ServiceEndpoints(addresses, environment.random(), pods);
    }

    /** What is asked, and of whom. @param host that the certificate must be for */
    private record Call(String host, int port, String path) {
        String url() {
            return "https://" + host + ":" + port + path;
        }
    }

    @Override
    public byte[] post(Endpoint to, byte[] review, Duration timeout, Lookup lookup) throws Failure {
        Call call = call(to, timeout);
        try (Deadline deadline = new Deadline(environment, timeout)) {
            try {
                Socket reached = to.service().isEmpty()
                        ? addresses.connect(call.host(), call.port(), deadline)
                        : services.connect(to.namespace(), to.service(), to.port(), lookup, deadline);
                deadline.closes(reached);
                SSLSocket secured = secured(reached, to, call, deadline);
                HttpPost.send(secured.getOutputStream(), call.host() + ":" + call.port(), call.path(), review);
                return HttpPost.answer(secured.getInputStream());
            } catch (IOException e) {
                String why = deadline.isOver() ? "context deadline exceeded" : TlsWords.of(e);
                throw new Failure("failed to call webhook: Post \"" + call.url() + "\": " + why, e);
            } catch (Failure e) {
                String why = deadline.isOver() ? "context deadline exceeded" : e.getMessage();
                throw new Failure("failed to call webhook: " + why, e);
            }
        }
    }

    private static Call call(Endpoint to, Duration timeout) throws Failure {
        // The webhook is told in whole seconds, and rather too many than too few.
        String query = "?timeout=" + Math.max(1, timeout.plusMillis(999).toSeconds()) + "s";
        if (!to.service().isEmpty()) {
            String path = to.path().isEmpty() ? "/" : to.path();
            return new Call(to.service() + "." + to.namespace() + ".svc", to.port(), path + query);
        }
        try {
            URI url = URI.create(to.url());
            String host = url.getHost();
            if (host == null) {
                throw new Failure("failed to call webhook: the URL \"" + to.url() + "\" names no host");
            }
            String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            return new Call(host, url.getPort() < 0 ? DEFAULT_PORT : url.getPort(), path + query);
        } catch (IllegalArgumentException e) {
            throw new Failure("failed to call webhook: the URL \"" + to.url() + "\" cannot be read", e);
        }
    }

    private SSLSocket secured(Socket reached, Endpoint to, Call call, Deadline deadline) throws IOException {
        SSLSocket socket = (SSLSocket) authorities
                .context(to.authorities())
                .getSocketFactory()
                .createSocket(reached, Addresses.bare(call.host()), call.port(), true);
        deadline.closes(socket);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
