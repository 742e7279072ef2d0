package io.orchestrator.samples.client;

import io.orchestrator.api.client.Client;
import io.orchestrator.core.embed.Cluster;

class InProcessPodStreamIT extends PodStreamContract {
    @Override
    protected Client connect(Cluster cluster) {
        return cluster.client();
    }
}
