package io.orchestrator.samples.client;

import io.orchestrator.api.client.Client;
import io.orchestrator.core.embed.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class HttpClientTest extends ClientContract {
    @TempDir
    static Path folder;

    @Override
    protected Client connect(Cluster cluster) throws IOException {
        Path file = folder.resolve("kubeconfig");
        cluster.apiServer().orElseThrow().adminKubeconfig().writeTo(file);
        return Client.fromKubeconfig(file);
    }
}
