package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.spi.store.Store;
import io.orchestrator.testkit.junit.RequiresRoot;
import io.orchestrator.testkit.store.LastingStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** The service {@code kubernetes}, by which pods find the API. */
class ApiServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void itsEndpointsAreTheOpenPortAndGoWithItWhileItsAddressStays() {
        try (Store store = new MemoryStore(ForkJoinPool.commonPool())) {
            String address;
            try (Cluster cluster = open(store, ApiServer.onPort(0))) {
                URI url = URI.create(cluster.apiServer().orElseThrow().url());
                address = cluster.client().services().get("kubernetes").spec().clusterIP();

                assertThat(endpoints(cluster)).containsExactly("127.0.0.1:" + url.getPort());
                assertThat(slices(cluster)).containsExactly("127.0.0.1:" + url.getPort());
                assertThat(target(cluster)).isEqualTo(url.getPort());
            }
            try (Cluster cluster =
                    Cluster.builder().store(new LastingStore(store)).nodes(0).start()) {
                assertThat(endpoints(cluster)).isEmpty();
                assertThat(slices(cluster)).isEmpty();
            }
            try (Cluster cluster = open(store, ApiServer.onPort(0))) {
                URI url = URI.create(cluster.apiServer().orElseThrow().url());

                assertThat(cluster.client().services().get("kubernetes").spec().clusterIP())
                        .isEqualTo(address);
                assertThat(endpoints(cluster)).containsExactly("127.0.0.1:" + url.getPort());
                assertThat(target(cluster)).isEqualTo(url.getPort());
            }
        }
    }

    @Test
    void noOtherServiceGetsItsAddressUnasked() {
        try (Cluster cluster = Cluster.builder().nodes(0).start()) {
            Client client = cluster.client();
            for (int i = 0; i < 50; i++) {
                assertThat(client.create(service("s" + i)).spec().clusterIP()).doesNotEndWith(".0.1");
            }
        }
    }

    @Test
    @RequiresRoot
    void whoeverTrustsTheClustersAuthorityReachesTheApiByIt() throws Exception {
        try (Cluster cluster = open(new MemoryStore(ForkJoinPool.commonPool()), ApiServer.onPort(0))) {
            String authority =
                    cluster.apiServer().orElseThrow().adminKubeconfig().authorityPem();
            String address =
                    cluster.client().services().get("kubernetes").spec().clusterIP();
            HttpClient http =
                    HttpClient.newBuilder().sslContext(trusting(authority)).build();
            HttpRequest version = HttpRequest.newBuilder(URI.create("https://" + address + "/version"))
                    .timeout(PATIENCE)
                    .build();

            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(java.io.IOException.class)
                    .untilAsserted(() -> assertThat(http.send(version, HttpResponse.BodyHandlers.ofString())
                                    .body())
                            .contains("\"gitVersion\""));
        }
    }

    private static Cluster open(Store store, ApiServer server) {
        return Cluster.builder()
                .store(new LastingStore(store))
                .nodes(0)
                .apiServer(server)
                .start();
    }

    private static List<String> endpoints(Cluster cluster) {
        return cluster.client().resources(Endpoints.TYPE).find("kubernetes").stream()
                .flatMap(endpoints -> endpoints.subsets().stream())
                .map(subset -> subset.addresses().get(0).ip() + ":"
                        + subset.ports().get(0).port())
                .toList();
    }

    private static List<String> slices(Cluster cluster) {
        return cluster.client().resources(EndpointSlice.TYPE).list().items().stream()
                .map(slice -> slice.endpoints().get(0).addresses().get(0) + ":"
                        + slice.ports().get(0).port())
                .toList();
    }

    private static int target(Cluster cluster) {
        return cluster.client()
                .services()
                .get("kubernetes")
                .spec()
                .ports()
                .get(0)
                .targetPort()
                .intValue();
    }

    private static Service service(String name) {
        return ServiceBuilder.builder()
                .metadata(ObjectMeta.named(name))
                .spec(ServiceSpecBuilder.builder()
                        .ports(List.of(ServicePortBuilder.builder().port(80).build()))
                        .build())
                .build();
    }

    private static SSLContext trusting(String authority) throws Exception {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new java.io.ByteArrayInputStream(authority.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("authority", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
