package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeAddress;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.NodeSpecBuilder;
import io.orchestrator.api.model.core.NodeStatusBuilder;
import io.orchestrator.core.control.podroutes.PodRoutesReconciler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nodes are told of each other: the way to the pods. */
class PodRoutesSimTest {
    private Simulation sim;
    private Client system;

    @BeforeEach
    void open() {
        sim = Simulation.inOrder();
        system = sim.client().inNamespace("kube-system");
        sim.component("controllers", site -> new Controllers(site, List.of(PodRoutesReconciler.spec())));
    }

    @AfterEach
    void close() throws Exception {
        sim.close();
    }

    @Test
    void aClusterWhoseNodesHaveNoSubnetsPublishesNothing() {
        node("one", "", "10.0.0.1");
        sim.settle();
        assertThat(system.configMaps().find("pod-routes")).isEmpty();
    }

    @Test
    void eachNodeWithASubnetHasItsRouteAsLongAsItIsThere() {
        node("one", "10.244.1.0/24", "10.0.0.1");
        node("two", "10.244.2.0/24", "10.0.0.2");
        node("without", "", "10.0.0.3");
        sim.settle();
        assertThat(routes())
                .isEqualTo(Map.of("one", "10.244.1.0/24 via 10.0.0.1", "two", "10.244.2.0/24 via 10.0.0.2"));
        system.configMaps().delete("pod-routes");
        sim.client().nodes().delete("one");
        sim.settle();
        assertThat(routes()).isEqualTo(Map.of("two", "10.244.2.0/24 via 10.0.0.2"));
    }

    @Test
    void ofTwoNodesWhoseSubnetsOverlapTheOlderHasTheRoute() {
        node("zebra", "10.244.0.0/16", "10.0.0.1");
        sim.settle();
        sim.advance(Duration.ofSeconds(5));
        node("antelope", "10.244.2.0/24", "10.0.0.2");
        sim.settle();
        assertThat(routes()).isEqualTo(Map.of("zebra", "10.244.0.0/16 via 10.0.0.1"));
    }

    @Test
    void whatIsNoSubnetOrNoAddressIsNoRoute() {
        node("everything", "0.0.0.0/0", "10.0.0.1");
        node("ragged", "10.244.1.7/24", "10.0.0.2");
        node("words", "10.244.2.0/24", "a machine");
        node("six", "fd00::/64", "fd00::1");
        sim.settle();
        assertThat(system.configMaps().find("pod-routes")).isEmpty();
    }

    private Map<String, String> routes() {
        return system.configMaps().find("pod-routes").map(ConfigMap::data).orElse(Map.of());
    }

    private void node(String name, String subnet, String address) {
        Node created = sim.client()
                .create(NodeBuilder.builder()
                        .metadata(ObjectMeta.named(name))
                        .spec(NodeSpecBuilder.builder()
                                .podCIDR(subnet)
                                .podCIDRs(subnet.isEmpty() ? List.of() : List.of(subnet))
                                .build())
                        .build());
        sim.client()
                .nodes()
                .updateStatus(created.withStatus(NodeStatusBuilder.builder(created.status())
                        .addresses(List.of(new NodeAddress("InternalIP", address)))
                        .build()));
    }
}
