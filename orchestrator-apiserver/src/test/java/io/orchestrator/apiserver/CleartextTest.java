package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.apiserver.ServedCluster.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The port without TLS that a host may ask for. */
@Timeout(60)
class CleartextTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";

    private static AccessedCluster access;
    private static String token;

    @BeforeAll
    static void start() {
        access = new AccessedCluster(ApiServer.onPort(0).withCleartextPort(0));
        token = access.token("bot", "{}");
    }

    @AfterAll
    static void stop() {
        access.close();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(access.cluster.cleartextUrl() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).build();
    }

    private static Answer send(HttpClient.Version version, HttpRequest request) {
        return new Answer(ServedCluster.exchange(client(version), request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aTokenCountsThereAsItDoesOverHttps(HttpClient.Version version) {
        Answer answer = send(
                version, to(PODS).header("Authorization", "Bearer " + token).build());

        assertThat(answer.response().version()).isEqualTo(version);
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.json().path("kind").asText()).isEqualTo("PodList");
        assertThat(send(
                                version,
                                to("/api/v1/namespaces/default/secrets")
                                        .header("Authorization", "Bearer " + token)
                                        .build())
                        .code())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer nonsense", "Basic amFuZTpzZWNyZXQ="})
    void whoShowsNoGoodTokenIsNobody(String authorization) {
        HttpRequest.Builder request = to(PODS);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        Answer answer = send(HttpClient.Version.HTTP_1_1, request.build());

        assertThat(answer.code()).isEqualTo(401);
        assertThat(answer.json().path("reason").asText()).isEqualTo("Unauthorized");
    }

    @Test
    void aWatchIsAStreamThereToo() throws IOException {
        AccessedCluster cluster = access;
        cluster.post(AccessedCluster.RBAC + "/clusterroles", """
            {"metadata": {"name": "watcher"}, "rules": [{"verbs": ["watch"], "apiGroups": [""], "resources": ["pods"]}]}\
            """);
        cluster.post(AccessedCluster.RBAC + "/namespaces/default/rolebindings", """
            {"metadata": {"name": "bot-watches"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
             "name": "watcher"}, "subjects": [{"kind": "ServiceAccount", "name": "bot", "namespace": "default"}]}\
            """);
        HttpRequest watch = to(PODS + "?watch=true")
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<InputStream> stream = watched(watch);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            cluster.cluster
                    .client()
                    .create(Pod.named("seen").container("web", "nginx").build());
            assertThat(ServedCluster.JSON
                            .readTree(lines.readLine())
                            .at("/object/metadata/name")
                            .asText())
                    .isEqualTo("seen");
        }
    }

    /** Roles come to the authorizer by a watch. */
    private static HttpResponse<InputStream> watched(HttpRequest watch) {
        HttpClient http = client(HttpClient.Version.HTTP_1_1);
        while (true) {
            HttpResponse<InputStream> answer =
                    ServedCluster.exchange(http, watch, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) {
                return answer;
            }
            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void whatItSaysOfItselfLeadsBackByTheSameWay() {
        Answer answer = send(
                HttpClient.Version.HTTP_1_1,
                to("/.well-known/openid-configuration")
                        .header("Authorization", "Bearer " + token)
                        .build());

        assertThat(answer.json().path("jwks_uri").asText())
                .isEqualTo(access.cluster.cleartextUrl() + "/openid/v1/jwks");
    }

    @Test
    void httpsGoesOnBesideIt() {
        assertThat(access.cluster.url()).startsWith("https://");
        assertThat(access.cluster.get(PODS).code()).isEqualTo(200);
    }

    @Test
    void thereIsNoneUnlessAskedFor() {
        try (ServedCluster plain = new ServedCluster(ApiServer.onPort(0))) {
            assertThatThrownBy(plain::cleartextUrl).isInstanceOf(java.util.NoSuchElementException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.1.2.3", "192.0.2.1", "::"})
    void anAddressThatOthersReachIsRefusedUnlessTheRiskIsNamed(String address) {
        ApiServer server = ApiServer.onPort(0);

        assertThatThrownBy(() -> server.withCleartextPort(address, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("withCleartextPortThatOthersCanRead");
        assertThat(server.withCleartextPortThatOthersCanRead(address, 0)).isNotNull();
    }

    @Test
    void allAddressesAreServedWhereTheRiskIsNamed() {
        try (ServedCluster open =
                new ServedCluster(ApiServer.onPort(0).withCleartextPortThatOthersCanRead("0.0.0.0", 0))) {
            assertThat(open.cleartextUrl()).startsWith("http://127.0.0.1:");
        }
    }

    @Test
    void aPortThatIsTakenLeavesNoServerBehind() {
        int taken = URI.create(access.cluster.cleartextUrl()).getPort();

        assertThatThrownBy(() -> new ServedCluster(ApiServer.onPort(0).withCleartextPort(taken)).close())
                .hasStackTraceContaining("cannot serve on")
                .hasStackTraceContaining("127.0.0.1:" + taken);
    }
}
