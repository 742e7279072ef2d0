package io.orchestrator.samples.streams;

import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import java.time.Duration;

/** The node is in the API server's own process. */
class PodStreamsIT extends PodStreamsContract {
    private final Cluster cluster = Cluster.builder()
            .named("streams")
            .podGrace(Duration.ofSeconds(1))
            .apiServer(ApiServer.onPort(0))
            .start();

    @Override
    Cluster cluster() {
        return cluster;
    }

    @Override
    void closeClusters() {
        cluster.close();
    }
}
