package io.orchestrator.samples.network;

import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.runtime.docker.DockerRuntime;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;

/** Pods as containers, led to by packet rules. */
@RequiresDocker
@RequiresRoot
class DockerRulesIT extends NetworkContract {

    DockerRulesIT() {
        super(new DockerKit());
    }

    @Override
    ClusterBuilder configured(ClusterBuilder builder) {
        return builder.named("rules-of-containers").serviceProxy(ProxyMode.NFTABLES).runtime(DockerRuntime.local());
    }

    @Override
    String proxy() {
        return "Nftables";
    }
}
