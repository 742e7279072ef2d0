package io.orchestrator.samples.network;

import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.testkit.junit.RequiresRoot;

/** Pods as processes, led to by packet rules, which root and {@code nft} have by themselves. */
@RequiresRoot
class ProcessRulesIT extends NetworkContract {

    ProcessRulesIT() {
        super(ProcessKit::new);
    }

    @Override
    ClusterBuilder configured(ClusterBuilder builder) {
        return builder.named("rules-of-processes").serviceProxy(ProxyMode.AUTO);
    }

    @Override
    public String proxy() {
        return "Nftables";
    }

    @Override
    public String policies() {
        return "False";
    }
}
