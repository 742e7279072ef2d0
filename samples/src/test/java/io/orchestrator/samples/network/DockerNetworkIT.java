package io.orchestrator.samples.network;

import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.runtime.docker.DockerRuntime;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;

/** Pods as containers, which reach addresses of this machine through their gateway. */
@RequiresDocker
@RequiresRoot
class DockerNetworkIT extends NetworkContract {

    DockerNetworkIT() {
        super(new DockerKit());
    }

    @Override
    ClusterBuilder configured(ClusterBuilder builder) {
        return builder.named("network-of-containers").serviceProxy(ProxyMode.USER_SPACE).runtime(DockerRuntime.local());
    }

    @Override
    String proxy() {
        return "UserSpace";
    }
}
