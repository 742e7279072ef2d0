package io.orchestrator.samples.network;

import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;

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

    @Override
    public String proxy() {
        return "Nftables";
    }

    @Override
    public String policies() {
        return "True";
    }
}
