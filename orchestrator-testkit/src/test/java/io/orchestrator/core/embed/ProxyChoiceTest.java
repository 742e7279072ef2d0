package io.orchestrator.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeCondition;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.network.Balancing;
import io.orchestrator.core.network.NodeNotice;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.core.network.nftables.NftablesProxy;
import io.orchestrator.core.network.userspace.Settings;
import io.orchestrator.core.network.userspace.UserSpaceProxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What carries the traffic of services, and what the node says of that. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProxyChoiceTest {
    private static final String CONDITION = "ServiceProxyReady";

    @Test
    void rulesThatAreToBalanceByConnectionsAreRefused() {
        ClusterBuilder builder =
                Cluster.builder().nodes(0).serviceProxy(ProxyMode.NFTABLES).balancing(Balancing.LEAST_CONNECTIONS);
        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("packet rules know chance alone, not LEAST_CONNECTIONS");
    }

    @Test
    void rulesThatNeedNotBeLeaveThatToUserSpaceAndTheNodeSaysWhy() {
        NodeCondition said = saidBy(
                Cluster.builder().serviceProxy(ProxyMode.AUTO).balancing(Balancing.LEAST_CONNECTIONS),
                cluster -> await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(cluster.client()
                                        .resources(Event.TYPE)
                                        .list()
                                        .items())
                                .anySatisfy(event -> {
                                    assertThat(event.involvedObject().name()).isEqualTo("node-1");
                                    assertThat(event.reason()).isEqualTo("UserSpace");
                                    assertThat(event.message()).contains("packet rules know chance alone");
                                })));
        assertThat(said.reason()).isEqualTo("UserSpace");
        assertThat(said.message()).contains("packet rules know chance alone");
    }

    @Test
    void whereNothingIsSaidRulesServeIfThisMachineTakesThem() {
        String table = "orchestrator_test_choice_" + ProcessHandle.current().pid();
        Optional<String> obstacle = NftablesProxy.obstacle(new HostCommand(), table);
        NodeCondition said = saidBy(Cluster.builder());
        if (obstacle.isEmpty()) {
            assertThat(said.reason()).isEqualTo("Nftables");
        } else {
            assertThat(said.reason()).isEqualTo("UserSpace");
            assertThat(said.message()).containsAnyOf(obstacle.get(), "packet rules need root");
        }
    }

    @Test
    void whoWantsSocketsGetsThem() {
        NodeCondition said = saidBy(Cluster.builder().serviceProxy(ProxyMode.USER_SPACE));
        assertThat(said.reason()).isEqualTo("UserSpace");
        assertThat(said.message()).contains("packet rules were not asked for");
    }

    @Test
    void whileNoConnectionIsToBeHadInUserSpaceTheNodeSaysSoWhateverServesTheRest() {
        try (SystemEnvironment system = new SystemEnvironment("proxy-choice");
                UserSpaceProxy sockets = new UserSpaceProxy(system.environment(), Settings.defaults())) {
            NodeNotice.Statement said = new ServiceNetwork.ServedBy(
                            sockets, changed -> {}, () -> "Too many open files", () -> "")
                    .statement();
            assertThat(said.status()).isEqualTo("False");
            assertThat(said.reason()).isEqualTo("OutOfDescriptors");
            assertThat(said.message()).contains("Too many open files");
        }
    }

    private static NodeCondition saidBy(ClusterBuilder builder) {
        return saidBy(builder, cluster -> {});
    }

    private static NodeCondition saidBy(ClusterBuilder builder, Consumer<Cluster> then) {
        try (Cluster cluster = builder.withoutDns().start()) {
            cluster.awaitNodes(Duration.ofSeconds(40));
            Node node = cluster.client()
                    .nodes()
                    .await(
                            "node-1",
                            each -> each.status().condition(CONDITION).isPresent(),
                            "what serves its services",
                            Duration.ofSeconds(30));
            then.accept(cluster);
            return node.status().condition(CONDITION).orElseThrow();
        }
    }
}
