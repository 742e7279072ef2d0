package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.testkit.junit.Conformance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a new service waits for its endpoints while many others are made. */
@Timeout(240)
class EndpointsConformanceTest {
    /** As many as Kubernetes' own test makes, and what it allows for half of them and for the slowest. */
    private static final int SERVICES = 200;

    private static final Duration HALF = Duration.ofSeconds(20);
    private static final Duration SLOWEST = Duration.ofSeconds(50);

    private static HttpCluster cluster;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster("endpoints");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    @Conformance("[sig-network] Service endpoints latency should not be very high")
    void aNewServiceHasItsEndpointsSoon() {
        Client client = cluster.client();
        client.create(Deployment.named("server")
                .label("app", "server")
                .replicas(1)
                .container("main", "nginx:1.27")
                .build());
        client.deployments().awaitAvailable("server", HttpCluster.PATIENCE);
        Map<String, Long> made = new HashMap<>();
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            String name = "service-" + i;
            made.put(name, System.nanoTime());
            client.create(Service.named(name).selects("app", "server").port(80).build());
            look(client, made, waits);
        }
        await().atMost(SLOWEST).pollInterval(Duration.ofMillis(20)).until(() -> {
            look(client, made, waits);
            return made.isEmpty();
        });
        Collections.sort(waits);
        assertThat(waits).hasSize(SERVICES);
        assertThat(waits.get(SERVICES / 2)).isLessThan(HALF);
        assertThat(waits.get(SERVICES - 1)).isLessThan(SLOWEST);
    }

    /** Takes out the services that have endpoints by now. */
    private static void look(Client client, Map<String, Long> made, List<Duration> waits) {
        for (Endpoints endpoints : client.resources(Endpoints.TYPE).list().items()) {
            if (endpoints.subsets().stream()
                    .anyMatch(subset -> !subset.addresses().isEmpty())) {
                Long begun = made.remove(endpoints.metadata().name());
                if (begun != null) {
                    waits.add(Duration.ofNanos(System.nanoTime() - begun));
                }
            }
        }
    }
}
