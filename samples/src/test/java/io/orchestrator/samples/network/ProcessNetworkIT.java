package io.orchestrator.samples.network;

import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.testkit.junit.RequiresRoot;

/** Pods as processes, which reach loopback. Root for port 53. */
@RequiresRoot
class ProcessNetworkIT extends NetworkContract {

    ProcessNetworkIT() {
        super(ProcessKit::new);
    }

    @Override
    ClusterBuilder configured(ClusterBuilder builder) {
        return builder.named("network-of-processes").serviceProxy(ProxyMode.USER_SPACE);
    }

    @Override
    public String proxy() {
        return "UserSpace";
    }

    @Override
    public String policies() {
        return "False";
    }
}
