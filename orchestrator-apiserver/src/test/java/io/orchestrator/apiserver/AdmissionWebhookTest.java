package io.orchestrator.apiserver;

import static io.orchestrator.apiserver.HookedCluster.JSON;
import static io.orchestrator.apiserver.HookedCluster.MAPS;
import static io.orchestrator.apiserver.HookedCluster.PATIENCE;
import static io.orchestrator.apiserver.HookedCluster.REGISTERED;
import static io.orchestrator.apiserver.HookedCluster.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.apiserver.ServedCluster.Answer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Admission webhooks on a real HTTPS server, registered over the wire. */
@Timeout(240)
class AdmissionWebhookTest {
    private static HookedCluster cluster;
    private static ServedCluster served;
    private static HookServer hooks;

    @BeforeAll
    static void open() {
        cluster = new HookedCluster();
        served = cluster.served;
        hooks = cluster.hooks;
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @AfterEach
    void withdraw() {
        cluster.withdraw();
    }

    @Test
    void refusalIsTheWebhooksAndItsWarningsReachTheCaller() {
        hooks.on("/judge", (request, exchange) -> {
            boolean bad = request.at("/object/data/bad").asText().equals("yes");
            var response = HookServer.response(request, !bad);
            response.putArray("warnings").add("think twice");
            if (bad) {
                response.putObject("status").put("code", 403).put("message", "no bad data");
            }
            HookServer.send(exchange, response);
        });
        cluster.register("validating", "judge", cluster.hook("judge", "/judge", ""));
        cluster.untilAsked();

        Answer good = cluster.create("good", "\"k\":\"v\"");
        Answer bad = cluster.create("bad", "\"bad\":\"yes\"");

        assertThat(good.code()).isEqualTo(201);
        assertThat(good.header("Warning")).contains("think twice");
        assertThat(bad.code()).isEqualTo(403);
        assertThat(message(bad)).isEqualTo("admission webhook \"judge.example.com\" denied the request: no bad data");
        JsonNode review = hooks.asked.get(0);
        assertThat(review.path("operation").asText()).isEqualTo("CREATE");
        assertThat(review.at("/kind/kind").asText()).isEqualTo("ConfigMap");
        assertThat(review.at("/resource/resource").asText()).isEqualTo("configmaps");
        assertThat(review.path("name").asText()).isEqualTo("good");
        assertThat(review.path("namespace").asText()).isEqualTo("default");
        assertThat(review.at("/object/apiVersion").asText()).isEqualTo("v1");
        assertThat(review.path("oldObject").isNull()).isTrue();
        assertThat(review.at("/userInfo/username").asText()).isNotEmpty();
        assertThat(review.at("/options/kind").asText()).isEqualTo("CreateOptions");
        assertThat(served.send("DELETE", MAPS + "/good", JSON, "").code()).isEqualTo(200);
        JsonNode deletion = hooks.asked.get(hooks.asked.size() - 1);
        assertThat(deletion.path("operation").asText()).isEqualTo("DELETE");
        assertThat(deletion.path("object").isNull()).isTrue();
        assertThat(deletion.at("/oldObject/metadata/name").asText()).isEqualTo("good");
    }

    @Test
    void webhooksThatManyWaitForHoldNobodyElseUp() {
        CountDownLatch gate = new CountDownLatch(1);
        hooks.on("/slow", (request, exchange) -> {
            if (request.path("name").asText().startsWith("slow-")) {
                awaited(gate);
            }
            HookServer.send(exchange, HookServer.response(request, true));
        });
        String slow = cluster.hook("slow", "/slow", "").replace("\"timeoutSeconds\":1", "\"timeoutSeconds\":30");
        cluster.register("validating", "slow", slow);
        cluster.untilAsked();
        HttpClient client = served.http(HttpClient.Version.HTTP_1_1);
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        // More than there are threads that read from connections.
        for (int i = 0; i < 20; i++) {
            HttpRequest request = served.to(MAPS)
                    .header("Content-Type", JSON)
                    .POST(BodyPublishers.ofString("{\"metadata\":{\"name\":\"slow-" + i + "\"}}"))
                    .build();
            waiting.add(client.sendAsync(request, BodyHandlers.ofString()));
        }
        await().atMost(PATIENCE).until(() -> !hooks.asked.isEmpty());

        // On connections of their own, wherever they are read.
        for (int i = 0; i < 8; i++) {
            HttpClient other = served.http(HttpClient.Version.HTTP_1_1);
            HttpRequest read = served.to("/api/v1/namespaces/default").build();
            assertThat(ServedCluster.exchange(other, read, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }

        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        gate.countDown();
        assertThat(waiting).allMatch(create -> create.join().statusCode() == 201);
    }

    private static void awaited(CountDownLatch gate) {
        try {
            if (!gate.await(50, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void mutationsFollowEachOtherAndTheFirstMayBeAskedAgain() {
        hooks.on(
                "/first",
                (request, exchange) -> HookServer.patch(
                        request,
                        exchange,
                        request.at("/object/data/second").isMissingNode()
                                ? "[{\"op\":\"add\",\"path\":\"/data/first\",\"value\":\"1\"}]"
                                : "[{\"op\":\"add\",\"path\":\"/data/again\",\"value\":\"1\"}]"));
        hooks.on(
                "/second",
                (request, exchange) -> HookServer.patch(
                        request,
                        exchange,
                        "[{\"op\":\"add\",\"path\":\"/data/second\",\"value\":\""
                                + request.at("/object/data/first").asText()
                                + "\"},{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"by\":\"hook\"}}]"));
        String creates = ",\"reinvocationPolicy\":\"IfNeeded\"";
        cluster.register("mutating", "b-second", cluster.hook("second", "/second", ""));
        cluster.register("mutating", "a-first", cluster.hook("first", "/first", creates));
        await().atMost(PATIENCE)
                .until(() -> cluster.create("p-" + System.nanoTime(), "\"k\":\"v\"")
                        .json()
                        .path("data")
                        .has("again"));

        Answer made = cluster.create("made", "\"k\":\"v\"");

        assertThat(made.code()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("data").toString())
                .isEqualTo("{\"again\":\"1\",\"first\":\"1\",\"k\":\"v\",\"second\":\"1\"}");
        assertThat(made.json().at("/metadata/labels/by").asText()).isEqualTo("hook");
    }

    @Test
    void mutationThatBreaksTheObjectIsRefusedByValidation() {
        hooks.on(
                "/break",
                (request, exchange) -> HookServer.patch(
                        request, exchange, "[{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"../x\":\"1\"}}]"));
        hooks.on(
                "/rename",
                (request, exchange) -> HookServer.patch(
                        request, exchange, "[{\"op\":\"replace\",\"path\":\"/metadata/name\",\"value\":\"other\"}]"));
        hooks.on(
                "/miss",
                (request, exchange) ->
                        HookServer.patch(request, exchange, "[{\"op\":\"remove\",\"path\":\"/data/missing\"}]"));
        cluster.register(
                "mutating",
                "broken",
                cluster.hook("broken", "/break", ",\"objectSelector\":{\"matchLabels\":{\"m\":\"1\"}}"),
                cluster.hook("rename", "/rename", ",\"objectSelector\":{\"matchLabels\":{\"m\":\"2\"}}"),
                cluster.hook("miss", "/miss", ",\"objectSelector\":{\"matchLabels\":{\"m\":\"3\"}}"));
        await().atMost(PATIENCE).until(() -> labelled("1").code() != 201);

        assertThat(labelled("1").code()).isEqualTo(422);
        assertThat(labelled("2").code()).isEqualTo(500);
        assertThat(message(labelled("3"))).contains("the patch of admission webhook \"miss.example.com\"");
        assertThat(labelled("4").code()).isEqualTo(201);
    }

    private static Answer labelled(String label) {
        return served.send(
                "POST", MAPS, JSON, "{\"metadata\":{\"generateName\":\"m-\",\"labels\":{\"m\":\"" + label + "\"}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/hang    | context deadline exceeded",
                "/garbage | couldn't decode the answer",
                "/huge    | the answer is larger than",
                "/error   | an error on the server (\"boom\") has prevented the request from succeeding",
                "/uid     | expected response.uid=",
                "/empty   | webhook response was absent",
                "/patch   | validating webhook may not return response.patch",
                "/cut     | EOF"
            })
    void whatIsNoAnswerFailsTheRequestInBoundedTime(String path, String why) {
        hooks.on("/hang", (request, exchange) -> hooks.hang());
        hooks.on("/garbage", (request, exchange) -> HookServer.send(exchange, 200, new byte[] {'{', '<', 1}));
        hooks.on("/huge", (request, exchange) -> HookServer.send(exchange, 200, spaces(5 << 20)));
        hooks.on("/error", (request, exchange) -> HookServer.send(exchange, 500, "boom".getBytes()));
        hooks.on(
                "/uid",
                (request, exchange) -> HookServer.send(
                        exchange, HookServer.response(request, true).put("uid", "another")));
        hooks.on(
                "/empty",
                (request, exchange) -> HookServer.send(
                        exchange,
                        200,
                        "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}".getBytes()));
        hooks.on("/patch", (request, exchange) -> HookServer.patch(request, exchange, "[]"));
        hooks.on("/cut", (request, exchange) -> exchange.sendResponseHeaders(200, 100));
        String patience = "\"timeoutSeconds\":" + (path.equals("/hang") ? 1 : 30);
        cluster.register("validating", "bad", cluster.hook("bad", path, "").replace("\"timeoutSeconds\":30", patience));
        await().atMost(PATIENCE)
                .until(() -> cluster.create("probe-" + System.nanoTime(), "").code() != 201);

        long before = System.nanoTime();
        Answer answer = cluster.create("a", "");

        assertThat(answer.code()).isEqualTo(500);
        assertThat(message(answer))
                .startsWith("Internal error occurred: failed calling webhook \"bad.example.com\": ")
                .contains(why);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
    }

    private static byte[] spaces(int size) {
        byte[] spaces = new byte[size];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    @Test
    void failureToReachIsNamedAndMayBeIgnored() throws Exception {
        int closed;
        try (HookServer gone = new HookServer()) {
            closed = gone.port();
        }
        cluster.register(
                "validating",
                "gone",
                cluster.hook("gone", "/gone", "").replace(hooks.url("/gone"), "https://localhost:" + closed + "/gone"));
        await().atMost(PATIENCE)
                .until(() -> cluster.create("probe-" + System.nanoTime(), "").code() != 201);
        assertThat(message(cluster.create("a", "")))
                .contains("Post \"https://localhost:" + closed + "/gone?timeout=30s\"")
                .contains("connect: connection refused");

        served.send("DELETE", REGISTERED + "validatingwebhookconfigurations/gone", JSON, "");
        hooks.on("/ok", (request, exchange) -> HookServer.send(exchange, HookServer.response(request, true)));
        try (HookServer stranger = new HookServer()) {
            cluster.register(
                    "validating",
                    "stranger",
                    cluster.hook("stranger", "/ok", "").replace(hooks.bundle(), stranger.bundle()));
            await().atMost(PATIENCE)
                    .until(() -> message(cluster.create("probe-" + System.nanoTime(), ""))
                            .contains("x509: certificate signed by unknown authority"));
        }
        served.send("DELETE", REGISTERED + "validatingwebhookconfigurations/stranger", JSON, "");
        cluster.register(
                "validating",
                "ignored",
                cluster.hook("ignored", "/gone", ",\"failurePolicy\":\"Ignore\"")
                        .replace(hooks.url("/gone"), "https://localhost:" + closed + "/gone"));
        await().atMost(PATIENCE)
                .until(() -> cluster.create("probe-" + System.nanoTime(), "").code() == 201);
    }

    @Test
    void linkLocalAddressesAreNeverCalled() {
        cluster.register(
                "validating",
                "metadata",
                cluster.hook("metadata", "/x", "").replace(hooks.url("/x"), "https://169.254.169.254/latest"));
        await().atMost(PATIENCE)
                .until(() -> cluster.create("probe-" + System.nanoTime(), "").code() != 201);

        assertThat(message(cluster.create("a", ""))).contains("address 169.254.169.254 not allowed");
    }

    @Test
    void dryRunAsksOnlyWhomItMayAndConditionsChoose() {
        hooks.on("/ok", (request, exchange) -> HookServer.send(exchange, HookServer.response(request, true)));
        cluster.register(
                "validating",
                "effects",
                cluster.hook("effects", "/ok", "").replace("\"None\"", "\"NoneOnDryRun\""),
                cluster.hook(
                        "choosy",
                        "/ok",
                        ",\"matchConditions\":[{\"name\":\"c\",\"expression\":\"object.metadata.name == 'chosen'\"}]"));
        cluster.untilAsked();

        cluster.create("other", "");
        assertThat(hooks.asked).hasSize(1);
        hooks.asked.clear();
        cluster.create("chosen", "");
        assertThat(hooks.asked).hasSize(2);
        Answer pretended = served.send("POST", MAPS + "?dryRun=All", JSON, "{\"metadata\":{\"name\":\"pretended\"}}");
        assertThat(pretended.code()).isEqualTo(201);
        assertThat(hooks.asked.get(2).path("dryRun").asBoolean()).isTrue();
    }

    @Test
    void connectionsAreAskedFor() {
        hooks.on("/no", (request, exchange) -> HookServer.send(exchange, HookServer.response(request, false)));
        cluster.register(
                "validating",
                "shut",
                cluster.hook("shut", "/no", "")
                        .replace("[\"*\"],\"resources\":[\"configmaps\"]", "[\"CONNECT\"],\"resources\":[\"pods/*\"]"));
        String pod = "/api/v1/namespaces/default/pods/web";

        await().atMost(PATIENCE)
                .until(() -> message(served.get(pod + "/exec?command=ls&command=-l&stdout=true"))
                        .equals("admission webhook \"shut.example.com\" denied the request without explanation"));
        JsonNode asked = hooks.asked.get(hooks.asked.size() - 1);
        assertThat(asked.path("operation").asText()).isEqualTo("CONNECT");
        assertThat(asked.path("subResource").asText()).isEqualTo("exec");
        assertThat(asked.at("/resource/resource").asText()).isEqualTo("pods");
        assertThat(asked.at("/object/kind").asText()).isEqualTo("PodExecOptions");
        assertThat(asked.at("/object/command/1").asText()).isEqualTo("-l");
        assertThat(asked.at("/object/stdout").asBoolean()).isTrue();
        for (String other : List.of("/attach?stdout=true", "/portforward", "/proxy/x")) {
            assertThat(message(served.get(pod + other))).contains("denied the request");
        }
        assertThat(hooks.asked.get(hooks.asked.size() - 1).at("/object/kind").asText())
                .isEqualTo("PodProxyOptions");
    }

    @Test
    void webhooksCannotStandInTheWayOfTheirOwnRemoval() {
        hooks.on("/no", (request, exchange) -> HookServer.send(exchange, HookServer.response(request, false)));
        cluster.register(
                "validating",
                "no",
                cluster.hook("no", "/no", "")
                        .replace("\"resources\":[\"configmaps\"]", "\"resources\":[\"*\"]")
                        .replace("\"apiGroups\":[\"\"]", "\"apiGroups\":[\"*\"]")
                        .replace("\"apiVersions\":[\"v1\"]", "\"apiVersions\":[\"*\"]"));
        await().atMost(PATIENCE)
                .until(() -> cluster.create("probe-" + System.nanoTime(), "").code() != 201);

        assertThat(message(cluster.create("a", "")))
                .isEqualTo("admission webhook \"no.example.com\" denied the request without explanation");
        assertThat(served.send("DELETE", REGISTERED + "validatingwebhookconfigurations/no", JSON, "")
                        .code())
                .isEqualTo(200);
    }
}
