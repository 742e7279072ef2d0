package io.orchestrator.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.spi.runtime.SandboxState;
import io.orchestrator.testkit.simulation.WholeCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Around the workloads all is in order: no child without its owner, endpoints as the pods are, nothing forgotten on a node. */
final class NothingLeft {
    private final WholeCluster cluster;
    private final Client client;
    private final List<Pod> pods;

    NothingLeft(WholeCluster cluster) {
        this.cluster = cluster;
        this.client = cluster.sim().client();
        this.pods = all(Pod.TYPE);
    }

    void check() {
        owners();
        all(Service.TYPE).forEach(this::endpoints);
        all(PodDisruptionBudget.TYPE).forEach(this::budget);
        engines();
        nodes();
    }

    private void owners() {
        Map<String, String> names = new HashMap<>();
        List<ResourceType<?>> kinds = cluster.sim().catalog().resources();
        for (ResourceType<?> type : kinds) {
            for (Resource object : all(type)) {
                names.put(
                        object.metadata().uid(),
                        type.kind() + " " + object.metadata().name());
            }
        }
        for (ResourceType<?> type : kinds) {
            for (Resource object : all(type)) {
                assertThat(object.metadata().deletionTimestamp())
                        .as(
                                "%s is on its way out, held by %s",
                                names.get(object.metadata().uid()),
                                object.metadata().finalizers())
                        .isNull();
                for (OwnerReference owner : object.metadata().ownerReferences()) {
                    assertThat(names)
                            .as("%s outlives %s", names.get(object.metadata().uid()), owner.name())
                            .containsKey(owner.uid());
                }
            }
        }
    }

    private void endpoints(Service service) {
        String namespace = service.metadata().namespace();
        String name = service.metadata().name();
        Set<String> expected = pods.stream()
                .filter(pod -> pod.metadata().namespace().equals(namespace)
                        && App.of(pod).name().equals(service.spec().selector().get("app"))
                        && PodFacts.isActive(pod)
                        && PodFacts.isReady(pod))
                .map(pod -> pod.status().podIP())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> endpoints = client.resources(Endpoints.TYPE).inNamespace(namespace).get(name).subsets().stream()
                .flatMap(subset -> subset.addresses().stream())
                .map(address -> address.ip())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(endpoints).as("endpoints of %s/%s", namespace, name).isEqualTo(expected);
        Set<String> sliced = client.resources(EndpointSlice.TYPE).inNamespace(namespace).list().items().stream()
                .filter(slice -> name.equals(slice.metadata().labels().get("kubernetes.io/service-name")))
                .flatMap(slice -> slice.endpoints().stream())
                .filter(endpoint -> Boolean.TRUE.equals(endpoint.conditions().ready()))
                .flatMap(endpoint -> endpoint.addresses().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(sliced).as("slices of %s/%s", namespace, name).isEqualTo(expected);
    }

    private void budget(PodDisruptionBudget budget) {
        App app = new App(budget.metadata().namespace(), budget.metadata().name());
        long healthy = pods.stream()
                .filter(pod -> App.of(pod).equals(app) && PodFacts.isActive(pod) && PodFacts.isReady(pod))
                .count();
        assertThat((long) budget.status().currentHealthy())
                .as("healthy of %s", app)
                .isEqualTo(healthy);
        assertThat(budget.status().disruptedPods()).as("disrupted of %s", app).isEmpty();
    }

    /** What runs is what the API says that runs. */
    private void engines() {
        Set<String> running = pods.stream()
                .filter(pod -> pod.status().phase().equals(PodPhase.RUNNING)
                        || pod.status().phase().equals(PodPhase.PENDING))
                .map(pod -> pod.metadata().uid())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> alive = cluster.engine().sandboxes().stream()
                .filter(SandboxState::ready)
                .map(sandbox -> sandbox.pod().uid())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(alive).as("pods that run on the nodes").isEqualTo(running);
    }

    private void nodes() {
        List<Node> nodes = all(Node.TYPE);
        assertThat(nodes).hasSize(cluster.agents().size());
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.spec().taints())
                    .as("taints of %s", node.metadata().name())
                    .isEmpty();
            assertThat(node.status().conditions())
                    .as("conditions of %s", node.metadata().name())
                    .anyMatch(condition -> condition.type().equals("Ready")
                            && condition.status().equals(ConditionStatus.TRUE));
        });
    }

    private <T extends Resource> List<T> all(ResourceType<T> type) {
        return client.resources(type).inAnyNamespace().list().items();
    }
}
