package io.orchestrator.samples.network;

import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Pods as containers, led to by packet rules. */
@RequiresDocker
@RequiresRoot
class DockerRulesIT extends NetworkContract {

    DockerRulesIT() {
        super(DockerKit::new);
    }

    @Override
    ClusterBuilder configured(ClusterBuilder builder) {
        return builder.named("rules-of-containers")
                .serviceProxy(ProxyMode.NFTABLES)
                .runtime(((DockerKit) kit).runtime());
    }

    /**
     * Not there yet: of the requests of a rolling update one or two find no answer within five seconds, on a busy machine nearly
     * every time. The rules have left an ending pod out within half a second, so that is not why.
     */
    @Test
    @Override
    @Disabled("packet rules and containers: a rolling update still loses a request or two; the cause is not found")
    void aRollingUpdateOfTenReplicasFailsNoRequestOf32Connections() throws Exception {
        super.aRollingUpdateOfTenReplicasFailsNoRequestOf32Connections();
    }

    @Override
    String proxy() {
        return "Nftables";
    }
}
