package io.orchestrator.samples.clients;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.core.embed.Cluster;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster of one node whose pods are processes, reached over HTTPS, directly or through a wire that can be cut. */
final class ClientCluster implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A container that does nothing for a long time. */
    static final String[] SLEEP = {"sleep", "1000"};

    private final Cluster cluster;
    private final Kubeconfig kubeconfig;
    private final AtomicInteger namespaces = new AtomicInteger();

    ClientCluster(String name) {
        this.cluster = Cluster.builder()
                .named(name)
                .apiServer(ApiServer.onPort(0))
                .podGrace(Duration.ofSeconds(2))
                .start();
        this.kubeconfig = cluster.apiServer().orElseThrow().adminKubeconfig();
        cluster.awaitNodes(PATIENCE);
    }

    /** Our own client, as an observer that does not go over the wire. */
    Client observer() {
        return cluster.client();
    }

    String kubeconfig() {
        return kubeconfig.toYaml();
    }

    /** The same, but through the wire. */
    String kubeconfig(Wire wire) {
        return kubeconfig.toYaml().replace(kubeconfig.server(), "https://127.0.0.1:" + wire.port());
    }

    Wire wire() throws IOException {
        return Wire.to(URI.create(kubeconfig.server()).getPort());
    }

    /** A namespace that nobody else has used. */
    String newNamespace() {
        String name = "ns-" + namespaces.incrementAndGet();
        cluster.client().create(Namespace.named(name).build());
        return name;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
