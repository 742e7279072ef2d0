package io.orchestrator.samples.cluster;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.Service;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The demo: a web tier of three replicas and a backend, each behind a service. */
final class Demo {
    private static final List<String> FILES = List.of("demo-web.yaml", "demo-backend.json");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Demo() {}

    static void apply(ManifestApplier applier, Client client) throws IOException {
        for (String file : FILES) {
            applier.apply(read(file));
        }
        for (String deployment : List.of("web", "backend")) {
            Say.line("waiting for deployment/%s", deployment);
            client.deployments().awaitAvailable(deployment, PATIENCE);
        }
        Service web = client.services().get("web");
        Say.line(
                "the demo is up: curl http://%s:%d/ and http://127.0.0.1:%d/",
                web.spec().clusterIP(),
                web.spec().ports().get(0).port(),
                web.spec().ports().get(0).nodePort());
    }

    private static String read(String file) throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
