package io.orchestrator.samples.network;

import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;

/** Pods as containers, which reach addresses of this machine through their gateway. */
@RequiresDocker
@RequiresRoot
class DockerNetworkIT extends NetworkContract {

    DockerNetworkIT() {
        super(DockerKit::new);
    }

    @Override
    ClusterBuilder configured(ClusterBuilder builder) {
        return builder.named("network-of-containers")
                .serviceProxy(ProxyMode.USER_SPACE)
                .runtime(((DockerKit) kit).runtime());
    }

    @Override
    String proxy() {
        return "UserSpace";
    }

    @Override
    String policies() {
        return "True";
    }
}
