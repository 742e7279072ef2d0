package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStatusBuilder;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.ConfigMapBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real threads on one registry. */
class ConcurrencyTest {
    private static final int WRITERS = 4;
    private static final int WRITES = 100;

    private final SystemEnvironment system = new SystemEnvironment("registry-test");
    private final Environment environment = system.environment();
    private final MemoryStore store = new MemoryStore(environment.executor());
    private final Registry registry = new Registry(
            store,
            environment,
            BuiltInKinds.catalog(RangeAllocator.onStore(store, "10.0.0.0/24", 30_000, 30_099, environment.random())),
            new JsonForms(new ObjectCodec(new Schemas())),
            BuiltInAdmission.steps());
    private final Client client;

    ConcurrencyTest() {
        registry.start();
        client = new Client(
                InProcessTransport.on(registry, Caller.system("test"), new NodeDirectory(), environment.executor()));
    }

    @AfterEach
    void close() {
        registry.close();
        store.close();
        system.close();
    }

    private void everyWriter(java.util.function.IntConsumer work) {
        CompletableFuture<?>[] writers = new CompletableFuture<?>[WRITERS];
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers[i] = CompletableFuture.runAsync(() -> work.accept(writer), environment.executor());
        }
        CompletableFuture.allOf(writers).join();
    }

    @Test
    void noUpdateOfManyWritersIsLost() {
        client.create(ConfigMapBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("count").build())
                .build());
        everyWriter(writer -> {
            for (int i = 0; i < WRITES; i++) {
                String key = writer + "." + i;
                boolean written = false;
                while (!written) {
                    try {
                        client.configMaps().edit("count", map -> with(map, key));
                        written = true;
                    } catch (ApiException e) {
                        assertThat(e.isConflict()).isTrue();
                    }
                }
            }
        });
        assertThat(client.configMaps().get("count").data()).hasSize(WRITERS * WRITES);
    }

    private static ConfigMap with(ConfigMap map, String key) {
        Map<String, String> data = new HashMap<>(map.data());
        data.put(key, "1");
        return ConfigMapBuilder.builder(map).data(data).build();
    }

    @Test
    void aListOfANodesPodsHasWhatWasWrittenBeforeIt() {
        everyWriter(writer -> {
            ListOptions mine = ListOptions.all().fields("spec.nodeName=n" + writer);
            for (int i = 0; i < 50; i++) {
                client.create(Pod.named("p" + writer + "-" + i)
                        .container("main", "main:1")
                        .nodeName("n" + writer)
                        .build());
                assertThat(client.pods().list(mine).items()).hasSize(i + 1);
            }
        });
    }

    @Test
    void noTwoServicesGetOneAddress() {
        everyWriter(writer -> {
            for (int i = 0; i < 20; i++) {
                client.create(Service.named("s" + writer + "-" + i)
                        .port(80)
                        .nodePort()
                        .build());
                if (i % 2 == 0) {
                    client.services().delete("s" + writer + "-" + i);
                }
            }
        });
        List<Service> services = client.services().list().items();
        Set<String> addresses = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        services.forEach(service -> {
            addresses.add(service.spec().clusterIP());
            service.spec().ports().forEach(port -> ports.add(port.nodePort()));
        });
        assertThat(services).hasSize(WRITERS * 10);
        assertThat(addresses).hasSameSizeAs(services);
        assertThat(ports).hasSameSizeAs(services);
        // All that was released can be had again: 100 ports, 40 held.
        for (int i = 0; i < 60; i++) {
            client.create(Service.named("more" + i).port(80).nodePort().build());
        }
        assertThatThrownBy(() ->
                        client.create(Service.named("last").port(80).nodePort().build()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
    }

    @Test
    void awaitAvailableReturnsWhenTheStatusSaysSo() {
        Deployment web = client.create(
                Deployment.named("web").replicas(2).container("a", "i").build());
        CompletableFuture<Deployment> available = CompletableFuture.supplyAsync(
                () -> client.deployments().awaitAvailable("web", Duration.ofSeconds(30)), environment.executor());
        client.deployments()
                .updateStatus(web.withStatus(DeploymentStatusBuilder.builder()
                        .observedGeneration(1)
                        .replicas(2)
                        .updatedReplicas(2)
                        .availableReplicas(1)
                        .build()));
        client.deployments()
                .updateStatus(web.withStatus(DeploymentStatusBuilder.builder()
                                .observedGeneration(1)
                                .replicas(2)
                                .updatedReplicas(2)
                                .availableReplicas(2)
                                .build())
                        .withMetadata(web.metadata().withResourceVersion("")));
        assertThat(available.join().status().availableReplicas()).isEqualTo(2);
    }

    @Test
    void waitingEndsWithThePatience() {
        client.create(Deployment.named("web").container("a", "i").build());
        assertThatThrownBy(() -> client.deployments().awaitAvailable("web", Duration.ofMillis(20)))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
                    assertThat(e).hasMessage("timed out waiting for deployment \"web\" to become available");
                });
    }
}
