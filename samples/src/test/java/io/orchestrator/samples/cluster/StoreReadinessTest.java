package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.spi.store.SelfCheck;
import io.orchestrator.spi.store.Store;
import io.orchestrator.testkit.store.ForwardingStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that is read and takes no writes. */
@Timeout(240)
class StoreReadinessTest {
    @TempDir
    private Path folder;

    @Test
    void theServerIsNotReadyWhileItsStoreTakesNoWritesAndLivesOn() throws Exception {
        Ailing store = new Ailing(new MemoryStore(ForkJoinPool.commonPool()));
        try (Cluster cluster = Cluster.builder()
                .named("ailing")
                .nodes(0)
                .store(store)
                .apiServer(ApiServer.onPort(0).withCleartextPort(0))
                .start()) {
            String url = cluster.apiServer().orElseThrow().cleartextUrl().orElseThrow();
            assertThat(get(url + "/readyz").statusCode()).isEqualTo(200);
            store.fault = "its disk does not answer";
            assertThat(get(url + "/readyz").statusCode()).isEqualTo(500);
            assertThat(get(url + "/readyz").body())
                    .contains("[-]etcd-readiness failed: reason withheld", "[+]etcd ok", "readyz check failed");
            assertThat(get(url + "/readyz?exclude=etcd-readiness").statusCode()).isEqualTo(200);
            assertThat(get(url + "/livez").statusCode()).isEqualTo(200);
            Path kubeconfig = folder.resolve("kubeconfig");
            cluster.apiServer().orElseThrow().adminKubeconfig().writeTo(kubeconfig);
            try (Client client = Client.fromKubeconfig(kubeconfig)) {
                assertThat(client.namespaces().list()).isNotEmpty();
            }
            store.fault = "";
            assertThat(get(url + "/readyz").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static final class Ailing extends ForwardingStore implements SelfCheck {
        private final Store store;
        private volatile String fault = "";

        Ailing(Store store) {
            this.store = store;
        }

        @Override
        protected Store inner() {
            return store;
        }

        @Override
        public Optional<String> fault() {
            return Optional.of(fault).filter(why -> !why.isEmpty());
        }
    }
}
