package io.orchestrator.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orchestrator.core.network.Balancing;
import io.orchestrator.core.network.ProxyMode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProxyChoiceTest {

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
        try (Cluster cluster = Cluster.builder()
                .nodes(1)
                .withoutDns()
                .serviceProxy(ProxyMode.AUTO)
                .balancing(Balancing.LEAST_CONNECTIONS)
                .start()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(cluster.client()
                                    .nodes()
                                    .list()
                                    .items()
                                    .get(0)
                                    .status()
                                    .conditions())
                            .anySatisfy(condition -> {
                                assertThat(condition.type()).isEqualTo("ServiceProxyReady");
                                assertThat(condition.reason()).isEqualTo("UserSpace");
                                assertThat(condition.message()).contains("packet rules know chance alone");
                            }));
        }
    }
}
