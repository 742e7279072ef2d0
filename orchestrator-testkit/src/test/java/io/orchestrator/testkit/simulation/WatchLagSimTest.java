package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.NamespaceCondition;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.SecretBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.control.endpoints.EndpointsReconciler;
import io.orchestrator.core.control.endpointslice.EndpointSliceReconciler;
import io.orchestrator.core.control.garbage.GarbageReconciler;
import io.orchestrator.core.control.namespace.NamespaceReconciler;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes that other systems made between a change and the moment at which a controller saw it. */
class WatchLagSimTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void endpointsLoseNoFlipOfReadinessThatTheyWereLateToSee(int flips) throws Exception {
        try (Workloads cluster = new Workloads(
                Simulation.inOrder(), clock -> List.of(EndpointsReconciler.spec(), EndpointSliceReconciler.spec()))) {
            cluster.sim
                    .client()
                    .create(Service.named("web").selects("app", "web").port(80).build());
            cluster.sim.client().create(labelled("web"));
            cluster.sim.settle();
            assertThat(ready(cluster)).isEqualTo("1 1");
            Faults lag = cluster.controllers.faults();
            // Not even what it wrote itself comes back to it meanwhile.
            lag.hold(Endpoints.TYPE);
            lag.hold(EndpointSlice.TYPE);
            for (int i = 1; i <= flips; i++) {
                if (i == flips) {
                    lag.hold(Pod.TYPE);
                }
                flip(cluster);
                cluster.sim.advance(Duration.ofSeconds(5));
            }
            lag.release(Pod.TYPE);
            cluster.sim.advance(Duration.ofSeconds(5));
            lag.release(Endpoints.TYPE);
            lag.release(EndpointSlice.TYPE);
            cluster.sim.settle();
            assertThat(ready(cluster)).isEqualTo(flips % 2 == 0 ? "1 1" : "0 0");
        }
    }

    @Test
    void whatHasAnOwnerThatTheCacheDoesNotKnowYetStays() throws Exception {
        try (Workloads cluster = new Workloads(
                Simulation.inOrder(), clock -> List.of(GarbageReconciler.over(List.of(ConfigMap.TYPE, Secret.TYPE))))) {
            cluster.sim.advance(Duration.ofSeconds(5));
            cluster.controllers.faults().hold(ConfigMap.TYPE);
            ConfigMap owner =
                    cluster.sim.client().create(ConfigMap.named("owner").build());
            cluster.sim
                    .client()
                    .create(SecretBuilder.builder()
                            .metadata(ObjectMetaBuilder.builder()
                                    .name("child")
                                    .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                                            .apiVersion("v1")
                                            .kind("ConfigMap")
                                            .name("owner")
                                            .uid(owner.metadata().uid())
                                            .build()))
                                    .build())
                            .build());
            cluster.sim.advance(Duration.ofMinutes(10));
            assertThat(cluster.sim.client().secrets().find("child")).isPresent();
            cluster.sim.client().configMaps().delete("owner");
            cluster.controllers.faults().release(ConfigMap.TYPE);
            cluster.sim.settle();
            assertThat(cluster.sim.client().secrets().find("child")).isEmpty();
        }
    }

    @Test
    void aNamespaceThatCannotGoSaysWhatHoldsIt() throws Exception {
        Simulation sim = Simulation.inOrder();
        try (Workloads cluster = new Workloads(
                sim, clock -> List.of(NamespaceReconciler.over(sim.catalog().resources())))) {
            sim.client().create(Namespace.named("team").build());
            ConfigMap held = ConfigMap.named("held").build();
            sim.client()
                    .inNamespace("team")
                    .create(held.withMetadata(ObjectMetaBuilder.builder(held.metadata())
                            .finalizers(List.of("acme.com/held"))
                            .build()));
            sim.client().namespaces().delete("team");
            sim.advance(Duration.ofMinutes(1));
            Namespace team = sim.client().namespaces().get("team");
            assertThat(team.status().phase()).isEqualTo("Terminating");
            assertThat(team.status().conditions())
                    .extracting(NamespaceCondition::type, NamespaceCondition::status, NamespaceCondition::message)
                    .containsExactlyInAnyOrder(
                            tuple(
                                    "NamespaceDeletionDiscoveryFailure",
                                    "False",
                                    "All resources successfully discovered"),
                            tuple(
                                    "NamespaceDeletionGroupVersionParsingFailure",
                                    "False",
                                    "All legacy kube types successfully parsed"),
                            tuple(
                                    "NamespaceContentRemaining",
                                    "True",
                                    "Some resources are remaining: configmaps. has 1 resource instances"),
                            tuple(
                                    "NamespaceFinalizersRemaining",
                                    "True",
                                    "Some content in the namespace has finalizers remaining: acme.com/held in 1"
                                            + " resource instances"),
                            tuple(
                                    "NamespaceDeletionContentFailure",
                                    "False",
                                    "All content successfully deleted, may be waiting on finalization"));
            cluster.mustRestFor(Duration.ofMinutes(10));
            sim.client()
                    .inNamespace("team")
                    .configMaps()
                    .edit(
                            "held",
                            map -> map.withMetadata(ObjectMetaBuilder.builder(map.metadata())
                                    .finalizers(List.of())
                                    .build()));
            sim.settle();
            assertThat(sim.client().namespaces().find("team")).isEmpty();
        }
    }

    private static Pod labelled(String name) {
        Pod pod = Pod.named(name).container("main", "app:1").build();
        return pod.withMetadata(ObjectMetaBuilder.builder(pod.metadata())
                .labels(Map.of("app", name))
                .build());
    }

    private static void flip(Workloads cluster) {
        Pod pod = cluster.sim.client().pods().get("web");
        String status = PodFacts.isReady(pod) ? "False" : "True";
        cluster.sim
                .client()
                .pods()
                .updateStatus(pod.withStatus(PodStatusBuilder.builder(pod.status())
                        .conditions(pod.status().conditions().stream()
                                .map(condition -> condition.type().equals(PodConditionType.READY)
                                        ? condition.withStatus(status)
                                        : condition)
                                .toList())
                        .build()));
    }

    /** How many addresses are said to be ready, in the older way and in slices. */
    private static String ready(Workloads cluster) {
        long old = cluster.sim.client().resources(Endpoints.TYPE).list().items().stream()
                .flatMap(endpoints -> endpoints.subsets().stream())
                .mapToLong(subset -> subset.addresses().size())
                .sum();
        long sliced = cluster.sim.client().resources(EndpointSlice.TYPE).list().items().stream()
                .flatMap(slice -> slice.endpoints().stream())
                .filter(endpoint -> Boolean.TRUE.equals(endpoint.conditions().ready()))
                .count();
        return old + " " + sliced;
    }
}
