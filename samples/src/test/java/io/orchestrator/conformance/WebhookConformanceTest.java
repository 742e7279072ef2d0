package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.conformance.HookedCluster.Kind;
import io.orchestrator.conformance.Hooks.Verdict;
import io.orchestrator.conformance.HttpCluster.Answer;
import io.orchestrator.testkit.junit.Conformance;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class WebhookConformanceTest {
    private static HookedCluster hooked;

    @BeforeAll
    static void open() {
        hooked = new HookedCluster();
    }

    @AfterAll
    static void close() {
        hooked.close();
    }

    private static HttpCluster http() {
        return hooked.http;
    }

    private static String maps(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    private static Answer map(String namespace, String name, String data) {
        return http().post(
                        maps(namespace),
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + "}, data: {" + data + "}}");
    }

    /** Refuses config maps that say so, and pods that are labelled so. */
    private static Verdict offence(JsonNode request) {
        boolean offends = request.at("/object/data/webhook-e2e-test").asText().equals("webhook-disallow")
                || request.at("/object/metadata/labels/webhook-e2e-test")
                        .asText()
                        .equals("webhook-disallow");
        return offends ? Verdict.refused("the object contains unwanted content") : Verdict.allowed();
    }

    /** Adds a datum, once the datum before it is there. */
    private static Verdict add(JsonNode request, String key, String afterKey) {
        return request.at("/object/data").has(afterKey)
                        && !request.at("/object/data").has(key)
                ? Verdict.changed("[{\"op\":\"add\",\"path\":\"/data/" + key + "\",\"value\":\"yes\"}]")
                : Verdict.allowed();
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should be able to deny pod and configmap creation")
    void objectsAreRefusedWhenTheyAreMadeAndWhenTheyAreChanged() {
        String here = hooked.namespace("deny");
        hooked.hooks
                .on("/deny-pods", WebhookConformanceTest::offence)
                .on("/hang", request -> Verdict.allowed().after(Duration.ofMinutes(2)))
                .on("/deny-maps", WebhookConformanceTest::offence);
        hooked.register(
                Kind.VALIDATING,
                "deny",
                hooked.webhook(
                        "deny-pods",
                        here,
                        "core/pods",
                        "CREATE",
                        ", objectSelector: {matchExpressions: [{key: hang, operator: DoesNotExist}]}"),
                hooked.webhook(
                        "hang",
                        here,
                        "core/pods",
                        "CREATE",
                        ", timeoutSeconds: 1, objectSelector: {matchLabels: {hang: 'yes'}}"),
                hooked.webhook("deny-maps", here, "core/configmaps", "CREATE, UPDATE, DELETE", ""));
        String pod =
                "{apiVersion: v1, kind: Pod, metadata: {name: pod, labels: {%s}}, spec: {containers: [{name: c, image:"
                        + " a}]}}";
        Answer refused =
                http().post("/api/v1/namespaces/deny/pods", pod.formatted("webhook-e2e-test: webhook-disallow"));
        assertThat(refused.mustBe(403).message())
                .isEqualTo("admission webhook \"deny-pods.k8s.io\" denied the request: the object contains unwanted"
                        + " content");
        Answer hangs = http().post("/api/v1/namespaces/deny/pods", pod.formatted("hang: 'yes'"));
        assertThat(hangs.mustBe(500).message())
                .contains("failed calling webhook")
                .contains("deadline exceeded");

        map(here, "bad", "webhook-e2e-test: webhook-disallow").mustBe(403);
        map(here, "good", "admit: this").mustBe(201);
        ObjectNode good = (ObjectNode) http().get(maps(here) + "/good").json();
        good.withObjectProperty("data").put("webhook-e2e-test", "webhook-disallow");
        http().put(maps(here) + "/good", good).mustBe(403);
        http().patch(maps(here) + "/good", HttpCluster.MERGE, "{data: {webhook-e2e-test: webhook-disallow}}")
                .mustBe(403);
        map(here + "-free", "bad", "webhook-e2e-test: webhook-disallow").mustBe(201);
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should be able to deny attaching pod")
    void nobodyAttachesToAPod() {
        String here = hooked.namespace("attach");
        hooked.hooks.on(
                "/deny-attach",
                request -> request.path("operation").asText().equals("CONNECT")
                        ? Verdict.refused("attaching to pod 'to-be-attached-pod' is not allowed")
                        : Verdict.allowed());
        hooked.register(
                Kind.VALIDATING, "attach", hooked.webhook("deny-attach", here, "core/pods/attach", "CONNECT", ""));
        String pods = "/api/v1/namespaces/attach/pods";
        http().create(
                        pods,
                        "{apiVersion: v1, kind: Pod, metadata: {name: to-be-attached-pod}, spec: {containers: [{name:"
                                + " container1, image: app}]}}");
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> http().get(pods + "/to-be-attached-pod")
                        .json()
                        .at("/status/phase")
                        .asText()
                        .equals("Running"));
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> http().admin()
                        .newWebSocketBuilder()
                        .subprotocols("v5.channel.k8s.io")
                        .buildAsync(
                                URI.create(http().kubeconfig().server().replace("https", "wss") + pods
                                        + "/to-be-attached-pod/attach?stdout=true"),
                                new WebSocket.Listener() {})
                        .join());
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should deny crd creation")
    void nobodyDefinesAKind() {
        hooked.hooks.on("/deny-crd", WebhookConformanceTest::offence);
        String path = hooked.register(
                Kind.VALIDATING,
                "crd",
                hooked.webhook("deny-crd", "", "apiextensions.k8s.io/customresourcedefinitions", "CREATE", ""));
        Definition unwanted = Definition.named("unwanteds", "Unwanted");
        unwanted.manifest()
                .withObjectProperty("metadata")
                .putObject("labels")
                .put("webhook-e2e-test", "webhook-disallow");
        Answer refused = http().post(
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                        unwanted.manifest().toString());
        assertThat(refused.mustBe(403).message()).contains("denied the request");
        hooked.unregister(path);
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should unconditionally reject operations on fail closed webhook")
    void whereNobodyAnswersNothingIsAllowed() {
        String here = hooked.namespace("closed");
        String broken = "{name: closed.k8s.io, admissionReviewVersions: [v1], sideEffects: None, failurePolicy: Fail,"
                + " namespaceSelector: {matchLabels: {hooked: closed}}, clientConfig: {service: {namespace: default, name:"
                + " nobody, path: /configmaps}}, rules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE],"
                + " resources: [configmaps]}]}";
        hooked.register(Kind.VALIDATING, "closed", broken);
        assertThat(map(here, "any", "a: b").mustBe(500).message()).contains("failed calling webhook \"closed.k8s.io\"");
        map(here + "-free", "any", "a: b").mustBe(201);
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should honor timeout")
    void whoTakesTooLongIsNotWaitedFor() {
        String here = hooked.namespace("slow");
        hooked.hooks.on("/slow", request -> Verdict.allowed().after(Duration.ofMinutes(2)));
        String fail =
                hooked.register(Kind.VALIDATING, "slow-fail", slow(here, "failurePolicy: Fail, timeoutSeconds: 1"));
        assertThat(map(here, "failed", "a: b").mustBe(500).message()).contains("failed calling webhook");
        hooked.unregister(fail);
        String ignore =
                hooked.register(Kind.VALIDATING, "slow-ignore", slow(here, "failurePolicy: Ignore, timeoutSeconds: 1"));
        map(here, "ignored", "a: b").mustBe(201);
        hooked.unregister(ignore);
        hooked.hooks.on("/slow", request -> Verdict.allowed().after(Duration.ofMillis(1_500)));
        String patient =
                hooked.register(Kind.VALIDATING, "slow-patient", slow(here, "failurePolicy: Fail, timeoutSeconds: 30"));
        map(here, "waited", "a: b").mustBe(201);
        hooked.unregister(patient);
        hooked.register(Kind.VALIDATING, "slow-default", slow(here, "failurePolicy: Fail"));
        assertThat(http().get(hooked.path(Kind.VALIDATING) + "/slow-default")
                        .json()
                        .at("/webhooks/0/timeoutSeconds")
                        .asInt())
                .isEqualTo(10);
        map(here, "by-default", "a: b").mustBe(201);
    }

    private static String slow(String namespace, String more) {
        return hooked.webhook("slow", namespace, "core/configmaps", "CREATE", ", " + more);
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should mutate configmap")
    void mutationsComeOneAfterTheOther() {
        String here = hooked.namespace("mutate");
        hooked.hooks
                .on("/stage-1", request -> add(request, "mutation-stage-1", "mutation-start"))
                .on("/stage-2", request -> add(request, "mutation-stage-2", "mutation-stage-1"));
        hooked.register(
                Kind.MUTATING,
                "mutate",
                hooked.webhook("stage-1", here, "core/configmaps", "CREATE", ""),
                hooked.webhook("stage-2", here, "core/configmaps", "CREATE", ""));
        assertThat(map(here, "one", "mutation-start: 'yes'").mustBe(201).json().path("data"))
                .isEqualTo(
                        HttpCluster.tree("{mutation-start: 'yes', mutation-stage-1: 'yes', mutation-stage-2: 'yes'}"));
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should mutate pod and apply defaults after mutation")
    void whatAMutationAddsGetsItsDefaults() {
        String here = hooked.namespace("defaults");
        hooked.hooks.on(
                "/add-init",
                request -> request.at("/object/spec").has("initContainers")
                        ? Verdict.allowed()
                        : Verdict.changed("[{\"op\":\"add\",\"path\":\"/spec/initContainers\",\"value\":[{\"name\":"
                                + "\"webhook-added-init-container\",\"image\":\"webhook-added-image\"}]}]"));
        hooked.register(Kind.MUTATING, "defaults", hooked.webhook("add-init", here, "core/pods", "CREATE", ""));
        JsonNode init = http().create(
                        "/api/v1/namespaces/defaults/pods",
                        "{apiVersion: v1, kind: Pod, metadata: {name: pod}, spec: {containers: [{name: c, image: a}]}}")
                .at("/spec/initContainers/0");
        assertThat(init.path("name").asText()).isEqualTo("webhook-added-init-container");
        assertThat(init.path("terminationMessagePolicy").asText()).isEqualTo("File");
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should not be able to mutate or prevent deletion of webhook"
            + " configuration objects")
    void webhooksHaveNoSayOnWebhooks() {
        hooked.hooks
                .on("/deny-any", request -> Verdict.refused("no"))
                .on(
                        "/label-any",
                        request -> Verdict.changed(
                                "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"mutated\":\"yes\"}}]"));
        String group = "admissionregistration.k8s.io/*";
        String denying = hooked.register(Kind.VALIDATING, "deny-any", hooked.webhook("deny-any", "", group, "'*'", ""));
        String labelling =
                hooked.register(Kind.MUTATING, "label-any", hooked.webhook("label-any", "", group, "'*'", ""));
        for (Kind kind : Kind.values()) {
            JsonNode dummy = http().create(hooked.path(kind), hooked.configuration(kind, "dummy-" + kind.plural()));
            assertThat(dummy.at("/metadata/labels").has("mutated")).isFalse();
            http().delete(hooked.path(kind) + "/dummy-" + kind.plural()).mustBe(200);
        }
        hooked.unregister(denying);
        hooked.unregister(labelling);
    }

    @Test
    @Conformance({
        "[sig-api-machinery] AdmissionWebhook patching/updating a validating webhook should work",
        "[sig-api-machinery] AdmissionWebhook listing validating webhooks should work"
    })
    void judgesAreListedChangedAndDeletedTogether() {
        String here = hooked.namespace("judges");
        hooked.hooks.on("/judge", WebhookConformanceTest::offence);
        String path = hooked.register(
                Kind.VALIDATING, "judges", hooked.webhook("judge", here, "core/configmaps", "CREATE", ""));
        String listed = hooked.path(Kind.VALIDATING) + "?labelSelector=e2e%3Djudges";
        assertThat(http().get(listed).json().path("items")).hasSize(1);
        map(here, "bad", "webhook-e2e-test: webhook-disallow").mustBe(403);
        operations(path, "UPDATE");
        untilMade(here, "updated", true);
        http().patch(
                        path,
                        "application/json-patch+json",
                        "[{op: replace, path: /webhooks/0/rules/0/operations, value: [CREATE]}]")
                .mustBe(200);
        untilMade(here, "patched", false);
        http().delete(listed).mustBe(200);
        untilMade(here, "deleted", true);
    }

    @Test
    @Conformance({
        "[sig-api-machinery] AdmissionWebhook patching/updating a mutating webhook should work",
        "[sig-api-machinery] AdmissionWebhook listing mutating webhooks should work"
    })
    void changersAreListedChangedAndDeletedTogether() {
        String here = hooked.namespace("changers");
        hooked.hooks.on("/change", request -> add(request, "mutation-stage-1", "mutation-start"));
        String path = hooked.register(
                Kind.MUTATING, "changers", hooked.webhook("change", here, "core/configmaps", "CREATE", ""));
        String listed = hooked.path(Kind.MUTATING) + "?labelSelector=e2e%3Dchangers";
        assertThat(http().get(listed).json().path("items")).hasSize(1);
        untilChanged(here, "first", true);
        operations(path, "UPDATE");
        untilChanged(here, "updated", false);
        http().patch(
                        path,
                        "application/json-patch+json",
                        "[{op: replace, path: /webhooks/0/rules/0/operations, value: [CREATE]}]")
                .mustBe(200);
        untilChanged(here, "patched", true);
        http().delete(listed).mustBe(200);
        untilChanged(here, "deleted", false);
    }

    private static void operations(String path, String operation) {
        http().edit(
                        path,
                        configuration -> ((ObjectNode) configuration.at("/webhooks/0/rules/0"))
                                .putArray("operations")
                                .add(operation));
    }

    private static void untilMade(String namespace, String name, boolean made) {
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> map(namespace, name + System.nanoTime(), "webhook-e2e-test: webhook-disallow")
                                .code()
                        == (made ? 201 : 403));
    }

    private static void untilChanged(String namespace, String name, boolean changed) {
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> map(namespace, name + System.nanoTime(), "mutation-start: 'yes'")
                                .json()
                                .path("data")
                                .has("mutation-stage-1")
                        == changed);
    }
}
