package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.apiserver.ServedCluster.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What those ask who run a cluster: its figures, its health; and large answers, compressed. */
@Timeout(240)
class OperationsOverHttpTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private static ServedCluster served;

    @BeforeAll
    static void open() {
        served = new ServedCluster(ApiServer.onPort(0));
        served.client()
                .create(ConfigMap.named("large")
                        .data("key", "value ".repeat(40_000))
                        .build());
        served.client().create(ConfigMap.named("small").data("key", "value").build());
    }

    @AfterAll
    static void close() {
        served.close();
    }

    private static Answer zipped(String path) {
        return served.send(served.to(path).header("Accept-Encoding", "gzip").build());
    }

    private static byte[] unzipped(Answer answer) throws IOException {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(answer.response().body()))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MAPS, MAPS + "/large", "/openapi/v2"})
    void largeAnswersAreCompressedForThoseWhoTakeThat(String path) throws IOException {
        Answer plain = served.get(path);
        assertThat(plain.header("Content-Encoding")).isEmpty();
        Answer answer = zipped(path);
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.response().body().length).isLessThan(plain.response().body().length / 4);
        assertThat(unzipped(answer)).isEqualTo(plain.response().body());
    }

    @Test
    void smallAnswersAndWatchesAreNot() throws IOException {
        assertThat(zipped(MAPS + "/small").header("Content-Encoding")).isEmpty();
        HttpResponse<java.io.InputStream> watch = ServedCluster.exchange(
                served.http(HttpClient.Version.HTTP_2),
                served.to(MAPS + "?watch=true")
                        .header("Accept-Encoding", "gzip")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (var body = watch.body()) {
            assertThat(watch.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(new String(body.readNBytes(8), StandardCharsets.UTF_8)).isEqualTo("{\"type\":");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl/8.5.0", "Wget/1.21", "Mozilla/5.0 (X11; Linux x86_64)"})
    void whatPeopleAskForByHandIsIndented(String agent) {
        String start =
                "{\n  \"kind\": \"ConfigMap\",\n  \"apiVersion\": \"v1\",\n  \"metadata\": {\n    \"name\": \"small\",\n";
        assertThat(asking(agent, MAPS + "/small").text()).startsWith(start).endsWith("\n}");
        assertThat(asking(agent, MAPS).text())
                .startsWith("{\n  \"kind\": \"ConfigMapList\",\n")
                .contains("\n  \"items\": [\n    {\n");
        assertThat(asking(agent, MAPS + "/missing").text()).startsWith("{\n  \"kind\": \"Status\",\n");
        assertThat(asking(agent, MAPS + "/small?pretty=false").text()).startsWith("{\"kind\":");
        assertThat(asking("kubectl/v1.32.0", MAPS + "/small").text()).startsWith("{\"kind\":");
        assertThat(asking("kubectl/v1.32.0", MAPS + "/small?pretty=true").text())
                .startsWith(start);
        assertThat(asking("kubectl/v1.32.0", "/version").text()).startsWith("{\n  \"major\": \"1\",\n");
    }

    private static Answer asking(String agent, String path) {
        return served.send(served.to(path).header("User-Agent", agent).build());
    }

    @Test
    void everyAnswerHasANameAndIsNotKeptOnTheWay() {
        Answer answer = served.get(MAPS + "/small");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, private");
        assertThat(answer.header("Audit-Id"))
                .hasSize(36)
                .isNotEqualTo(served.get(MAPS + "/small").header("Audit-Id"));
        assertThat(served.get(MAPS + "/missing").header("Audit-Id")).isNotEmpty();
        Answer named = served.send(
                served.to(MAPS + "/small").header("Audit-ID", "mine").build());
        assertThat(named.header("Audit-Id")).isEqualTo("mine");
    }

    @Test
    void theOlderFormOfAWatchIsOneStill() throws IOException {
        String path = MAPS.replace("/v1/", "/v1/watch/");
        assertThat(served.get(path + "/small?timeoutSeconds=1").text().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"small\"");
        assertThat(served.get("/api/v1/watch/configmaps?timeoutSeconds=1&fieldSelector=metadata.namespace%3Ddefault")
                        .text())
                .contains("\"name\":\"large\"")
                .contains("\"name\":\"small\"");
        assertThat(served.send("DELETE", path + "/small", ServedCluster.NO_TYPE, "")
                        .code())
                .isEqualTo(405);
        assertThat(served.get("/api/v1/watch/namespaces/default/pods/a/exec").code())
                .isEqualTo(404);
    }

    @Test
    void figuresAreToldAsPrometheusReadsThem() {
        served.get(MAPS + "/small");
        served.get(MAPS + "/missing");
        served.get("/api/v1/namespaces/default/made-up-by-a-client");
        // Controllers count from when they have begun.
        await().atMost(Duration.ofSeconds(60)).untilAsserted(OperationsOverHttpTest::assertFiguresAreTold);
        Answer open = served.send(served.to("/metrics")
                .header("Accept", "application/openmetrics-text;version=1.0.0")
                .build());
        assertThat(open.header("Content-Type")).startsWith("application/openmetrics-text");
        assertThat(open.text()).endsWith("# EOF\n");
    }

    private static void assertFiguresAreTold() {
        Answer answer = served.get("/metrics");
        assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.text())
                .contains("# TYPE apiserver_request_total counter")
                .containsPattern(
                        "apiserver_request_total\\{code=\"200\",component=\"apiserver\",dry_run=\"\",group=\"\",resource=\"configmaps\",scope=\"resource\",subresource=\"\",verb=\"GET\",version=\"v1\"}"
                                + " [1-9]")
                .containsPattern("apiserver_request_total\\{code=\"404\"[^}]*resource=\"configmaps\"[^}]*} [1-9]")
                .containsPattern("apiserver_request_duration_seconds_bucket\\{[^}]*le=\"0.005\"")
                .containsPattern("apiserver_current_inflight_requests\\{request_kind=\"readOnly\"} [1-9]")
                .contains("apiserver_flowcontrol_nominal_limit_seats{priority_level=\"workload-low\"}")
                .containsPattern("apiserver_storage_objects\\{resource=\"configmaps\"} [1-9]")
                .containsPattern("apiserver_registered_watchers\\{group=\"\",kind=\"Pod\",version=\"v1\"} [1-9]")
                .contains("workqueue_depth{name=\"root-ca-certificate-publisher\"} ")
                .containsPattern("workqueue_adds_total\\{name=\"root-ca-certificate-publisher\"} [1-9]")
                .contains("scheduler_pending_pods{queue=\"active\"} 0.0")
                .contains("process_start_time_seconds")
                .doesNotContain("made-up-by-a-client");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /readyz                              | ok
        /readyz/etcd                         | ok
        /livez/ping                          | ok
        /healthz?exclude=etcd                | ok
        /livez?verbose                       | [+]ping ok\\n[+]etcd ok\\nlivez check passed\\n
        /livez?verbose&exclude=etcd          | [+]ping ok\\n[+]etcd excluded: ok\\nlivez check passed\\n
        /livez?verbose=true&exclude=nothing  | [+]ping ok\\n[+]etcd ok\\nwarn: some health checks cannot be excluded: no matches for "nothing"\\nlivez check passed\\n
        """)
    void healthIsToldCheckByCheck(String path, String text) {
        Answer answer = served.get(path);
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(text.replace("\\n", "\n"));
    }

    @Test
    void aCheckThatThereIsNotIsNotFound() {
        assertThat(served.get("/readyz/unheardof").code()).isEqualTo(404);
    }

    @Test
    void theServerSaysWhichVersionsItServes() {
        String services = "/apis/apiregistration.k8s.io/v1/apiservices";
        JsonNode core = served.get(services + "/v1.").json();
        assertThat(core.at("/spec/version").asText()).isEqualTo("v1");
        assertThat(core.at("/spec/groupPriorityMinimum").asInt()).isEqualTo(18_000);
        assertThat(core.at("/status/conditions/0/type").asText()).isEqualTo("Available");
        assertThat(core.at("/status/conditions/0/status").asText()).isEqualTo("True");
        assertThat(served.get(services).json().path("items"))
                .extracting(item -> item.at("/metadata/name").asText())
                .contains("v1.apps", "v2.autoscaling", "v1.autoscaling", "v1.apiregistration.k8s.io");
    }

    @Test
    void whoWantsToRegisterAnotherServerIsToldWhyNot() {
        String services = "/apis/apiregistration.k8s.io/v1/apiservices";

        ServedCluster.Answer refused = served.send(
                "POST", services, "application/json", "{\"metadata\":{\"name\":\"v1beta1.metrics.k8s.io\"}}");

        assertThat(refused.code()).isEqualTo(405);
        assertThat(refused.json().path("message").asText())
                .contains("can be read, and neither written nor watched")
                .contains("does not aggregate the APIs of other servers");
    }

    @Test
    void itsPartsSayHowTheyFare() {
        Answer answer = served.get("/api/v1/componentstatuses");
        assertThat(answer.header("Warning")).contains("v1 ComponentStatus is deprecated in v1.19+");
        assertThat(answer.json().path("items"))
                .extracting(item -> item.at("/metadata/name").asText() + " "
                        + item.at("/conditions/0/status").asText())
                .containsExactly("controller-manager True", "etcd-0 True", "scheduler True");
    }

    @Test
    void aPodIsBoundByABindingOfItsName() {
        served.client().create(Pod.named("bound").container("main", "any").build());
        String bindings = "/api/v1/namespaces/default/bindings";
        String binding = "{\"metadata\":{\"name\":\"bound\"},\"target\":{\"kind\":\"Node\",\"name\":\"a\"}}";
        assertThat(served.send("POST", bindings, "application/json", binding).code())
                .isEqualTo(201);
        assertThat(served.send("POST", bindings, "application/json", binding).code())
                .isEqualTo(409);
        assertThat(served.get(bindings).code()).isEqualTo(405);
        assertThat(served.get("/api/v1/namespaces/default/pods/bound")
                        .json()
                        .at("/spec/nodeName")
                        .asText())
                .isEqualTo("a");
    }

    @Test
    void whatIsNoResourceIsDescribedToo() {
        JsonNode paths = served.get("/openapi/v2").json().path("paths");
        assertThat(paths.has("/version/")).isTrue();
        assertThat(paths.path("/api/v1/namespaces/{namespace}/pods/{name}/proxy/{path}")
                        .has("options"))
                .isTrue();
        JsonNode index = served.get("/openapi/v3").json().path("paths");
        assertThat(index.has("apis/apps")).isTrue();
        assertThat(served.get("/openapi/v3/version").json().path("paths").has("/version/"))
                .isTrue();
    }
}
