package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.ResourceQuotaBuilder;
import io.orchestrator.api.model.core.ResourceQuotaSpecBuilder;
import io.orchestrator.api.model.core.ResourceQuotaStatus;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.JsonForms;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.admission.BuiltInAdmission;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.core.store.MemoryStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuotaTest {

    @Test
    void whatAQuotaDoesNotAllowIsForbiddenInTheWordsOfKubernetesAndWhatIsGoneMakesRoom() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            quota(cluster.client, Map.of("configmaps", "1", "requests.cpu", "1", "services.nodeports", "0"), List.of());
            cluster.settle();
            cluster.client.create(ConfigMap.named("a").build());

            assertThatThrownBy(() -> cluster.client.create(ConfigMap.named("b").build()))
                    .hasMessage("configmaps \"b\" is forbidden: exceeded quota: bounds, requested: configmaps=1, used:"
                            + " configmaps=1, limited: configmaps=1")
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN));
            assertThatThrownBy(() -> cluster.client.create(
                            Pod.named("p").container("c", "image").build()))
                    .hasMessage("pods \"p\" is forbidden: failed quota: bounds: must specify requests.cpu for: c");
            assertThatThrownBy(() -> cluster.client.create(
                            Service.named("s").port(80).nodePort().build()))
                    .hasMessageContaining("requested: services.nodeports=1");

            cluster.client.configMaps().delete("a");
            cluster.client.create(ConfigMap.named("b").build());
            assertThat(used(cluster.client)).containsEntry("configmaps", Quantity.of(1));
        }
    }

    @Test
    void aRefusedOrPretendedWriteCostsNothing() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            quota(cluster.client, Map.of("count/configmaps", "3", "configmaps", "2"), List.of());
            cluster.settle();
            cluster.client.create(ConfigMap.named("a").build());
            assertThatThrownBy(() -> cluster.client.create(ConfigMap.named("a").build()))
                    .isInstanceOf(ApiException.class);
            cluster.registry.create(
                    Target.collection(ConfigMap.TYPE, "default"),
                    ConfigMap.named("b").build(),
                    WriteOptions.defaults().dryRunOnly(),
                    cluster.caller);

            assertThat(used(cluster.client))
                    .containsEntry("configmaps", Quantity.of(1))
                    .containsEntry("count/configmaps", Quantity.of(1));
        }
    }

    @Test
    void aPodThatHasEndedMakesRoomButIsStillCounted() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            quota(cluster.client, Map.of("pods", "1", "count/pods", "2"), List.of());
            cluster.settle();
            Pod first = cluster.client.create(
                    Pod.named("first").container("c", "image").build());
            cluster.client
                    .pods()
                    .updateStatus(first.withStatus(PodStatusBuilder.builder(first.status())
                            .phase("Succeeded")
                            .build()));

            cluster.client.create(Pod.named("second").container("c", "image").build());
            assertThat(used(cluster.client))
                    .containsEntry("pods", Quantity.of(1))
                    .containsEntry("count/pods", Quantity.of(2));
        }
    }

    @Test
    void aQuotaWithScopesIsAboutThePodsInThemAlone() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            quota(cluster.client, Map.of("pods", "0"), List.of("BestEffort"));
            cluster.settle();

            assertThatThrownBy(() -> cluster.client.create(
                            Pod.named("careless").container("c", "image").build()))
                    .hasMessageContaining("exceeded quota");
            assertThat(cluster.client.create(Pod.named("careful")
                            .container("c", "image", c -> c.memory("1Mi"))
                            .build()))
                    .isNotNull();
        }
    }

    @Test
    void aQuotaThatNobodyHasCountedYetLetsNothingPass() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            cluster.client.create(quota(Map.of("configmaps", "5"), List.of()));
            cluster.settle();

            assertThatThrownBy(() -> cluster.client.create(ConfigMap.named("a").build()))
                    .hasMessageContaining("status unknown for quota: bounds, resources: configmaps");
        }
    }

    @Test
    void howeverManyCreateAndDeleteAtOnceNoQuotaIsExceededAndNothingIsLost() {
        SystemEnvironment system = new SystemEnvironment("quota-test");
        try (system;
                MemoryStore store = new MemoryStore(system.environment().executor());
                Registry registry = new Registry(
                        store,
                        system.environment(),
                        BuiltInKinds.catalog(
                                RangeAllocator.standard(system.environment().random())),
                        new JsonForms(new ObjectCodec(new Schemas())),
                        BuiltInAdmission.steps())) {
            registry.start();
            Client client = new Client(InProcessTransport.on(
                    registry,
                    Caller.system("test"),
                    new NodeDirectory(),
                    system.environment().executor()));
            quota(client, Map.of("configmaps", "7"), List.of());
            while (registry
                    .list(
                            Target.collection(ResourceQuota.TYPE, ""),
                            ListOptions.all().since("0"))
                    .objects()
                    .stream()
                    .noneMatch(stored ->
                            ((ResourceQuota) stored.object()).status().hard().containsKey("configmaps"))) {
                Thread.onSpinWait();
            }
            AtomicBoolean over = new AtomicBoolean();
            List<CompletableFuture<Void>> writers = IntStream.range(0, 8)
                    .mapToObj(writer -> CompletableFuture.runAsync(
                            () -> write(client, writer, over),
                            system.environment().executor()))
                    .toList();
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();

            int left = client.configMaps().list().items().size();
            assertThat(over).isFalse();
            assertThat(left).isLessThanOrEqualTo(7);
            assertThat(used(client)).containsEntry("configmaps", Quantity.of(left));
            for (int i = left; i < 7; i++) {
                client.create(ConfigMap.named("rest-" + i).build());
            }
            assertThatThrownBy(() -> client.create(ConfigMap.named("one-more").build()))
                    .hasMessageContaining("exceeded quota");
        }
    }

    private static void write(Client client, int writer, AtomicBoolean over) {
        for (int i = 0; i < 150; i++) {
            String name = "c" + ThreadLocalRandom.current().nextInt(12);
            try {
                if ((i + writer) % 2 == 0) {
                    client.create(ConfigMap.named(name).build());
                } else {
                    client.configMaps().delete(name);
                }
            } catch (ApiException e) {
                boolean expected = e.reason() == Reason.FORBIDDEN || e.isAlreadyExists() || e.isNotFound();
                if (!expected) {
                    throw e;
                }
            }
            if (client.configMaps().list().items().size() > 7) {
                over.set(true);
            }
        }
    }

    private static void quota(Client client, Map<String, String> hard, List<String> scopes) {
        ResourceQuota quota = client.create(quota(hard, scopes));
        Map<String, Quantity> none = new LinkedHashMap<>();
        hard.keySet().forEach(name -> none.put(name, Quantity.ZERO));
        client.resources(ResourceQuota.TYPE)
                .updateStatus(
                        quota.withStatus(new ResourceQuotaStatus(quota.spec().hard(), none)));
        client.resources(ResourceQuota.TYPE).list(ListOptions.all().since("0"));
    }

    private static ResourceQuota quota(Map<String, String> hard, List<String> scopes) {
        Map<String, Quantity> bounds = new LinkedHashMap<>();
        hard.forEach((name, amount) -> bounds.put(name, Quantity.parse(amount)));
        return ResourceQuotaBuilder.builder()
                .metadata(ObjectMeta.named("default", "bounds"))
                .spec(ResourceQuotaSpecBuilder.builder()
                        .hard(bounds)
                        .scopes(scopes)
                        .build())
                .build();
    }

    private static Map<String, Quantity> used(Client client) {
        return client.resources(ResourceQuota.TYPE).get("bounds").status().used();
    }
}
