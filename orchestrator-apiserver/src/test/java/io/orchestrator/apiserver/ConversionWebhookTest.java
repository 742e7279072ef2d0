package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.orchestrator.apiserver.ServedCluster.Answer;
import io.orchestrator.core.embed.ClusterBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A custom resource with two versions between which a webhook converts: {@code spec.size} in v1 is {@code spec.length} in v2. */
@Timeout(240)
class ConversionWebhookTest {
    private static final String JSON = "application/json";
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String GROUP = "/apis/example.com/";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final HookServer hooks = new HookServer();
    private static ServedCluster served;
    private static volatile String mode = "good";

    @BeforeAll
    static void open() {
        served = new ServedCluster(ApiServer.onPort(0), ClusterBuilder::localWebhooks);
        hooks.on("/convert", ConversionWebhookTest::convert);
        define("rods", "Rod");
    }

    private static void define(String plural, String kind) {
        String version = "{\"name\":\"%s\",\"served\":true,\"storage\":%s,\"schema\":{\"openAPIV3Schema\":{"
                + "\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":{\"%s\":"
                + "{\"type\":\"integer\"}}}}}}}";
        String definition =
                "{\"metadata\":{\"name\":\"" + plural + ".example.com\"},\"spec\":{\"group\":\"example.com\","
                        + "\"scope\":\"Namespaced\",\"names\":{\"plural\":\"" + plural + "\",\"kind\":\"" + kind
                        + "\"},\"versions\":["
                        + version.formatted("v1", "false", "size") + "," + version.formatted("v2", "true", "length")
                        + "],\"conversion\":{\"strategy\":\"Webhook\",\"webhook\":{\"conversionReviewVersions\":[\"v1\"],"
                        + "\"clientConfig\":{\"url\":\"" + hooks.url("/convert") + "\",\"caBundle\":\"" + hooks.bundle()
                        + "\"}}}}}";
        Answer made = served.send("POST", DEFINITIONS, JSON, definition);
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        await().atMost(PATIENCE).until(() -> served.get(GROUP + "v1/" + plural).code() == 200);
    }

    @AfterAll
    static void close() {
        served.close();
        hooks.close();
    }

    @AfterEach
    void removeAll() {
        served.send("DELETE", rods("v2", ""), JSON, "");
    }

    private static void convert(JsonNode request, HttpExchange exchange) throws IOException {
        ObjectNode review = ServedCluster.JSON.createObjectNode();
        review.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "ConversionReview");
        ObjectNode response = review.putObject("response");
        response.put("uid", request.path("uid").asText());
        if (mode.equals("failing")) {
            response.putObject("result").put("status", "Failure").put("message", "out of rods");
        } else {
            response.putObject("result").put("status", "Success");
            var converted = response.putArray("convertedObjects");
            for (JsonNode each : request.path("objects")) {
                converted.add(converted(
                        each.deepCopy(), request.path("desiredAPIVersion").asText()));
            }
        }
        HookServer.send(exchange, 200, ServedCluster.JSON.writeValueAsBytes(review));
    }

    private static ObjectNode converted(ObjectNode object, String version) {
        boolean newer = version.endsWith("v2");
        object.put("apiVersion", version);
        ObjectNode spec = (ObjectNode) object.path("spec");
        spec.set(newer ? "length" : "size", spec.remove(newer ? "size" : "length"));
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        metadata.withObject("/annotations").put("converted-to", version);
        if (mode.equals("renaming")) {
            metadata.put("name", "another");
        }
        metadata.put("generation", 99);
        return object;
    }

    private static String rods(String version, String name) {
        return GROUP + version + "/namespaces/default/rods" + name;
    }

    private static Answer create(String version, String name, String spec) {
        return served.send(
                "POST",
                rods(version, ""),
                JSON,
                "{\"apiVersion\":\"example.com/" + version + "\",\"kind\":\"Rod\",\"metadata\":{\"name\":\"" + name
                        + "\"},\"spec\":{" + spec + "}}");
    }

    @Test
    void everyVersionReadsWritesListsAndWatchesWhatTheOtherWrote() throws IOException {
        mode = "good";
        Answer made = create("v1", "a", "\"size\":3");
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        assertThat(made.json().at("/spec/size").asInt()).isEqualTo(3);
        create("v2", "b", "\"length\":5");

        assertThat(served.get(rods("v2", "/a")).json().at("/spec/length").asInt())
                .isEqualTo(3);
        JsonNode older = served.get(rods("v1", "/b")).json();
        assertThat(older.at("/apiVersion").asText()).isEqualTo("example.com/v1");
        assertThat(older.at("/spec/size").asInt()).isEqualTo(5);
        assertThat(older.at("/metadata/annotations/converted-to").asText()).isEqualTo("example.com/v1");
        assertThat(older.at("/metadata/generation").asInt())
                .as("only labels and annotations")
                .isEqualTo(1);

        Answer patched =
                served.send("PATCH", rods("v1", "/b"), "application/merge-patch+json", "{\"spec\":{\"size\":6}}");
        assertThat(patched.code()).as(patched.text()).isEqualTo(200);
        assertThat(served.get(rods("v2", "/b")).json().at("/spec/length").asInt())
                .isEqualTo(6);

        JsonNode list = served.get(rods("v1", "")).json().path("items");
        assertThat(list)
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.path("spec").has("size")).isTrue());
        HttpResponse<InputStream> watched = ServedCluster.exchange(
                served.http(HttpClient.Version.HTTP_2),
                served.to(rods("v1", "?watch=true")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(watched.body(), StandardCharsets.UTF_8))) {
            assertThat(List.of(events.readLine(), events.readLine())).allMatch(event -> event.contains("\"size\":"));
        }
    }

    @Test
    void whatIsStoredIsInTheStorageVersion() {
        mode = "good";
        create("v1", "old", "\"size\":1");
        hooks.asked.clear();

        assertThat(served.get(rods("v2", "/old")).json().at("/spec/length").asInt())
                .isEqualTo(1);
        // Those who follow the other version have it converted to that.
        assertThat(hooks.asked)
                .as("nobody needs to convert it")
                .noneMatch(asked -> asked.path("desiredAPIVersion").asText().endsWith("v2"));
    }

    @Test
    void failureOfTheWebhookIsTheAnswer() {
        mode = "good";
        create("v2", "lost", "\"length\":2");
        mode = "failing";
        Answer failed = served.get(rods("v1", "/lost"));
        mode = "renaming";
        Answer renamed = served.get(rods("v1", "/lost"));
        mode = "good";

        assertThat(failed.code()).isEqualTo(500);
        assertThat(failed.json().path("message").asText())
                .isEqualTo("conversion webhook for example.com/v2, Kind=Rod failed: out of rods");
        assertThat(renamed.json().path("message").asText()).contains("must have the same name: lost != another");
        assertThat(served.get(rods("v1", "/lost")).code()).isEqualTo(200);
    }

    /** @param leaving whether the kind has been on its way out since before that */
    @ParameterizedTest
    @CsvSource({"false,posts,Post", "true,poles,Pole"})
    void anObjectThatCannotBeConvertedForAWhileIsNotGone(boolean leaving, String plural, String kind)
            throws IOException {
        mode = "good";
        define(plural, kind);
        String newer = GROUP + "v2/namespaces/default/" + plural;
        String made = "{\"apiVersion\":\"example.com/v2\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"a\","
                + "\"finalizers\":[\"example.com/kept\"]},\"spec\":{\"length\":1}}";
        assertThat(served.send("POST", newer, JSON, made).code()).isEqualTo(201);
        String older = GROUP + "v1/namespaces/default/" + plural;
        HttpResponse<InputStream> watch = ServedCluster.exchange(
                served.http(HttpClient.Version.HTTP_1_1),
                served.to(older + "?watch=true&timeoutSeconds=40").build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader events = new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8))) {
            assertThat(events.readLine()).contains("ADDED", "\"size\":1");
            if (leaving) {
                served.send("DELETE", DEFINITIONS + "/" + plural + ".example.com", JSON, "");
            }
            served.send("DELETE", newer + "/a", JSON, "");
            assertThat(events.readLine()).contains("MODIFIED", "deletionTimestamp");
            mode = "failing";
            merge(newer + "/a", "{\"spec\":{\"length\":2}}");
            assertThat(events.lines()).noneMatch(event -> event.contains("DELETED"));
        }
        mode = "good";
        assertThat(served.get(older).json().at("/items/0/spec/size").asInt()).isEqualTo(2);
        merge(newer + "/a", "{\"metadata\":{\"finalizers\":[]}}");
    }

    private static void merge(String path, String patch) {
        Answer patched = served.send("PATCH", path, "application/merge-patch+json", patch);
        assertThat(patched.code()).as(patched.text()).isEqualTo(200);
    }
}
