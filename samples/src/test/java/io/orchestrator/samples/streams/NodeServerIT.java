package io.orchestrator.samples.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.authentication.TokenRequestBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.ClusterRoleBindingBuilder;
import io.orchestrator.api.model.rbac.RoleRef;
import io.orchestrator.api.model.rbac.Subject;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.apiserver.node.NodeServer;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.embed.Cluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node's own ports, asked as collectors of metrics and curious people ask a kubelet. */
@Timeout(240)
class NodeServerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final char[] PASSWORD = "test".toCharArray();
    private static final AtomicReference<NodeServer.Open> DOOR = new AtomicReference<>();

    private static Cluster cluster;
    private static X509Certificate authority;
    private static HttpClient admin;
    private static HttpClient nobody;

    @BeforeAll
    static void open() throws Exception {
        NodeServer ports = NodeServer.onPort(0).withReadOnlyPort(0);
        cluster = Cluster.builder()
                .named("kubelet")
                .podGrace(Duration.ofSeconds(1))
                .apiServer(ApiServer.onPort(0))
                .nodeServer(node -> {
                    authority = node.authority();
                    DOOR.set(ports.open(node));
                    return DOOR.get();
                })
                .start();
        Identity identity = cluster.apiServer().orElseThrow().adminKubeconfig().identity();
        admin = HttpClient.newBuilder().sslContext(tls(identity)).build();
        nobody = HttpClient.newBuilder().sslContext(tls(null)).build();
        cluster.client()
                .create(Pod.named("box")
                        .emptyDir("data")
                        .container(
                                "main",
                                "any",
                                c -> c.mount("data", "/orchestrator-data")
                                        .command(
                                                "sh",
                                                "-c",
                                                "head -c 2048 /dev/zero > /orchestrator-data/file;"
                                                        + " echo hello; exec sleep 1000"))
                        .build());
        cluster.client().pods().awaitReady("box", PATIENCE);
        await().atMost(PATIENCE)
                .until(() -> cluster.client().pods().logText("box", PATIENCE).equals("hello\n"));
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    private static SSLContext tls(@Nullable Identity identity) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity == null ? null : identity.keyStore(PASSWORD, authority), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static HttpResponse<String> ask(HttpClient client, String url, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String secure(String path) {
        return "https://127.0.0.1:" + DOOR.get().port() + path;
    }

    private static String open(String path) {
        return "http://127.0.0.1:" + DOOR.get().readOnlyPort() + path;
    }

    @Test
    void theNodeSaysAtWhichPortItIsAsked() {
        Node node = cluster.client().nodes().get("node-1");
        assertThat(node.status().daemonEndpoints().kubeletEndpoint().port())
                .isEqualTo(DOOR.get().port());
    }

    @Test
    void healthPodsUseAndMachineAreThereForEverybodyOnThePortForReaders() throws Exception {
        HttpResponse<String> health = ask(nobody, open("/healthz"));
        assertThat(health.body()).isEqualTo("ok");
        JsonNode pods = JSON.readTree(ask(nobody, open("/pods")).body());
        assertThat(pods.path("kind").asText()).isEqualTo("PodList");
        assertThat(pods.path("items").findValuesAsText("nodeName")).containsOnly("node-1");
        assertThat(pods.path("items").path(0).path("kind").asText()).isIn("", "Pod");
        JsonNode summary = JSON.readTree(ask(nobody, open("/stats/summary")).body());
        assertThat(summary.path("node").path("nodeName").asText()).isEqualTo("node-1");
        assertThat(summary.path("node").path("fs").path("capacityBytes").asLong())
                .isPositive();
        assertThat(summary.path("node").path("rlimit").path("curproc").asLong()).isPositive();
        assertThat(summary.path("node").path("network").path("interfaces").isArray())
                .isTrue();
        JsonNode pod = summary.path("pods").path(0);
        assertThat(pod.path("volume"))
                .filteredOn(volume -> volume.path("name").asText().equals("data"))
                .extracting(volume -> volume.path("usedBytes").asLong())
                .containsExactly(2048L);
        assertThat(pod.path("ephemeral-storage").path("usedBytes").asLong()).isGreaterThanOrEqualTo(2048);
        assertThat(pod.path("containers").path(0).path("startTime").asText()).isNotEmpty();
        JsonNode brief = JSON.readTree(
                ask(nobody, open("/stats/summary?only_cpu_and_memory=true")).body());
        assertThat(brief.path("pods").path(0).has("ephemeral-storage")).isFalse();
        assertThat(pod.path("podRef").path("name").asText()).isEqualTo("box");
        assertThat(pod.path("containers")
                        .path(0)
                        .path("memory")
                        .path("workingSetBytes")
                        .asLong())
                .isPositive();
        JsonNode machine = JSON.readTree(ask(nobody, open("/spec/")).body());
        assertThat(machine.path("num_cores").asInt()).isEqualTo(4);
        assertThat(ask(nobody, open("/metrics")).body()).contains("kubelet_running_pods 1");
        assertThat(ask(nobody, open("/metrics/resource")).body())
                .contains("container_memory_working_set_bytes{container=\"main\",namespace=\"default\",pod=\"box\"}")
                .contains("container_start_time_seconds{container=\"main\",namespace=\"default\",pod=\"box\"}")
                .contains("node_cpu_usage_seconds_total");
    }

    @Test
    void streamsAndLogsAreNotOnThePortForReadersAndNothingIsWritten() throws Exception {
        assertThat(ask(nobody, open("/containerLogs/default/box/main")).statusCode())
                .isEqualTo(404);
        assertThat(ask(nobody, open("/exec/default/box/main?command=id")).statusCode())
                .isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(URI.create(open("/pods")))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(nobody.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void theSecurePortAsksWhoItIsAndWhetherTheyMay() throws Exception {
        assertThat(ask(nobody, secure("/healthz")).statusCode()).isEqualTo(401);
        assertThat(ask(nobody, secure("/healthz"), "Authorization", "Bearer nonsense")
                        .statusCode())
                .isEqualTo(401);
        assertThat(ask(admin, secure("/healthz")).body()).isEqualTo("ok");
        assertThat(ask(admin, secure("/containerLogs/default/box/main")).body()).isEqualTo("hello\n");
        JsonNode settings = JSON.readTree(ask(admin, secure("/configz")).body()).path("kubeletconfig");
        assertThat(settings.path("maxPods").asInt()).isEqualTo(110);
        assertThat(settings.path("nodeStatusUpdateFrequency").asText()).isEqualTo("10s");
        HttpResponse<String> missing = ask(admin, secure("/containerLogs/default/none/main"));
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).isEqualTo("pods \"none\" not found");
        assertThat(ask(admin, secure("/nothing")).statusCode()).isEqualTo(404);
    }

    @Test
    void whoMayReadFiguresIsNotLetIntoPods() throws Exception {
        Client client = cluster.client();
        client.resources(ClusterRoleBinding.TYPE)
                .create(ClusterRoleBindingBuilder.builder()
                        .metadata(ObjectMeta.named("collectors"))
                        .roleRef(new RoleRef("rbac.authorization.k8s.io", "ClusterRole", "system:kubelet-figures"))
                        .subjects(List.of(new Subject("ServiceAccount", "", "default", "default")))
                        .build());
        client.resources(io.orchestrator.api.model.rbac.ClusterRole.TYPE)
                .create(io.orchestrator.api.model.rbac.ClusterRoleBuilder.builder()
                        .metadata(ObjectMeta.named("system:kubelet-figures"))
                        .rules(List.of(io.orchestrator.api.model.rbac.PolicyRuleBuilder.builder()
                                .verbs(List.of("get"))
                                .apiGroups(List.of(""))
                                .resources(List.of("nodes/stats", "nodes/metrics"))
                                .build()))
                        .build());
        String token = client.resources(io.orchestrator.api.model.core.ServiceAccount.TYPE)
                .createSubresource(
                        "default", "token", TokenRequestBuilder.builder().build())
                .status()
                .token();
        String bearer = "Bearer " + token;
        assertThat(ask(nobody, secure("/stats/summary"), "Authorization", bearer)
                        .statusCode())
                .isEqualTo(200);
        assertThat(ask(nobody, secure("/metrics"), "Authorization", bearer).statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = ask(nobody, secure("/containerLogs/default/box/main"), "Authorization", bearer);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .isEqualTo("Forbidden (user=system:serviceaccount:default:default, verb=get, resource=nodes,"
                        + " subresource=proxy)");
    }

    @Test
    void theSecurePortSpeaksNoPlainHttp() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), DOOR.get().port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write("GET /pods HTTP/1.1\r\nHost: x\r\n\r\n".getBytes("US-ASCII"));
            assertThat(new String(socket.getInputStream().readAllBytes(), "US-ASCII"))
                    .doesNotContain("PodList");
        }
    }
}
