package io.orchestrator.testkit.junit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Met when an etcd says that it is healthy. */
public final class EtcdServer implements Requirement {

    /** Of a machine however busy: under CI, no answer in time fails all tests that need it. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where the tests find their etcd: {@code ORCHESTRATOR_TEST_ETCD}, or the usual port of the loopback. */
    public static URI endpoint() {
        return URI.create(Optional.ofNullable(System.getenv("ORCHESTRATOR_TEST_ETCD"))
                .filter(url -> !url.isBlank())
                .orElse("http://127.0.0.1:2379"));
    }

    @Override
    public Optional<String> missing() {
        return missing(endpoint());
    }

    static Optional<String> missing(URI endpoint) {
        HttpRequest health = HttpRequest.newBuilder(endpoint.resolve("/health"))
                .timeout(PATIENCE)
                .build();
        try {
            HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            int status = client.send(health, BodyHandlers.discarding()).statusCode();
            return status == 200
                    ? Optional.empty()
                    : Optional.of("etcd at " + endpoint + " is not healthy: HTTP " + status);
        } catch (IOException e) {
            return Optional.of("no etcd answers at " + endpoint + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while asking etcd at " + endpoint);
        }
    }
}
