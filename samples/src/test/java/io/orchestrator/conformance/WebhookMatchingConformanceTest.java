package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.conformance.HookedCluster.Kind;
import io.orchestrator.conformance.Hooks.Verdict;
import io.orchestrator.conformance.HttpCluster.Answer;
import io.orchestrator.testkit.junit.Conformance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Webhooks on custom resources, and those that say by an expression what they want to see. */
@Timeout(240)
class WebhookMatchingConformanceTest {
    private static final String CONDITIONS = ", matchConditions: [{name: expression-1, expression: \"%s\"}]";
    private static final String OPEN = "{type: object, x-kubernetes-preserve-unknown-fields: true}";

    private static HookedCluster hooked;

    @BeforeAll
    static void open() {
        hooked = new HookedCluster();
        hooked.http
                .patch("/api/v1/namespaces/default", HttpCluster.MERGE, "{metadata: {labels: {hooked: custom}}}")
                .mustBe(200);
        hooked.hooks
                .on("/deny-custom", request -> {
                    JsonNode object =
                            request.path(request.path("operation").asText().equals("DELETE") ? "oldObject" : "object");
                    return object.at("/data/webhook-e2e-test").asText().equals("webhook-disallow")
                            ? Verdict.refused("the custom resource contains unwanted data")
                            : Verdict.allowed();
                })
                .on("/mutate-custom", request -> stage(request, "mutation-start", "mutation-stage-1"))
                .on("/mutate-custom-2", request -> stage(request, "mutation-stage-1", "mutation-stage-2"));
    }

    @AfterAll
    static void close() {
        hooked.close();
    }

    private static Verdict stage(JsonNode request, String before, String added) {
        JsonNode data = request.at("/object/data");
        return data.has(before) && !data.has(added)
                ? Verdict.changed("[{\"op\":\"add\",\"path\":\"/data/" + added + "\",\"value\":\"yes\"}]")
                : Verdict.allowed();
    }

    @Test
    @Conformance(
            "[sig-api-machinery] AdmissionWebhook should be able to deny custom resource creation, update and deletion")
    void customResourcesAreRefused() {
        Definition judged = Definition.named("judgeds", "Judged").create(hooked.http);
        String path = hooked.register(
                Kind.VALIDATING,
                "custom",
                hooked.webhook("deny-custom", "custom", judged.group() + "/judgeds", "CREATE, UPDATE, DELETE", ""));
        String objects = judged.objects("v1");
        String bad = ", data: {webhook-e2e-test: webhook-disallow}";
        Answer refused =
                hooked.http.post(objects, judged.object("v1", "bad", bad)).mustBe(403);
        assertThat(refused.message()).contains("the custom resource contains unwanted data");
        hooked.http.create(objects, judged.object("v1", "good", ", data: {key: value}"));
        hooked.http
                .patch(objects + "/good", HttpCluster.MERGE, "{data: {webhook-e2e-test: webhook-disallow}}")
                .mustBe(403);
        hooked.unregister(path);
        hooked.http.create(objects, judged.object("v1", "kept", bad));
        path = hooked.register(
                Kind.VALIDATING,
                "custom",
                hooked.webhook("deny-custom", "custom", judged.group() + "/judgeds", "CREATE, UPDATE, DELETE", ""));
        hooked.http.delete(objects + "/kept").mustBe(403);
        assertThat(hooked.http.get(objects + "/kept").code()).isEqualTo(200);
        hooked.unregister(path);
        hooked.http.delete(objects + "/kept").mustBe(200);
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should mutate custom resource")
    void customResourcesAreChanged() {
        Definition changed = Definition.named("changeds", "Changed").create(hooked.http);
        mutating("changed", changed);
        JsonNode made = hooked.http.create(
                changed.objects("v1"), changed.object("v1", "one", ", data: {mutation-start: 'yes'}"));
        assertThat(made.path("data"))
                .isEqualTo(
                        HttpCluster.tree("{mutation-start: 'yes', mutation-stage-1: 'yes', mutation-stage-2: 'yes'}"));
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should mutate custom resource with pruning")
    void whatAMutationAddsBeyondTheSchemaIsPruned() {
        Definition pruned = Definition.named("pruneds", "Pruned")
                .version(
                        "v1",
                        true,
                        "{type: object, properties: {data: {type: object, properties: {mutation-start: {type: string},"
                                + " mutation-stage-1: {type: string}}}}}")
                .create(hooked.http);
        mutating("pruned", pruned);
        JsonNode made =
                hooked.http.create(pruned.objects("v1"), pruned.object("v1", "one", ", data: {mutation-start: 'yes'}"));
        assertThat(made.path("data")).isEqualTo(HttpCluster.tree("{mutation-start: 'yes', mutation-stage-1: 'yes'}"));
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should mutate custom resource with different stored version")
    void anObjectIsChangedInEitherVersion() {
        Definition moving =
                Definition.named("movings", "Moving").version("v2", false, OPEN).create(hooked.http);
        mutating("moving", moving);
        hooked.http.create(moving.objects("v1"), moving.object("v1", "one", ", data: {mutation-start: 'yes'}"));
        hooked.http.edit(
                moving.path(),
                definition -> definition
                        .at("/spec/versions")
                        .forEach(version -> ((ObjectNode) version)
                                .put("storage", version.path("name").asText().equals("v2"))));
        JsonNode patched = hooked.http
                .patch(moving.objects("v1") + "/one", HttpCluster.MERGE, "{data: {dummy: test}}")
                .mustBe(200)
                .json();
        assertThat(patched.path("data"))
                .isEqualTo(HttpCluster.tree(
                        "{dummy: test, mutation-start: 'yes', mutation-stage-1: 'yes', mutation-stage-2: 'yes'}"));
        assertThat(hooked.http
                        .get(moving.objects("v2") + "/one")
                        .mustBe(200)
                        .json()
                        .path("data"))
                .isEqualTo(patched.path("data"));
    }

    private static void mutating(String name, Definition definition) {
        String resource = definition.group() + "/" + definition.plural();
        hooked.register(
                Kind.MUTATING,
                name,
                hooked.webhook("mutate-custom", "custom", resource, "CREATE, UPDATE", ""),
                hooked.webhook("mutate-custom-2", "custom", resource, "CREATE, UPDATE", ""));
    }

    @Test
    @Conformance(
            "[sig-api-machinery] AdmissionWebhook should be able to create and update validating webhook configurations"
                    + " with match conditions")
    void theConditionsOfJudgesAreKeptAndChanged() {
        conditionsAreKept(Kind.VALIDATING);
    }

    @Test
    @Conformance(
            "[sig-api-machinery] AdmissionWebhook should be able to create and update mutating webhook configurations"
                    + " with match conditions")
    void theConditionsOfChangersAreKeptAndChanged() {
        conditionsAreKept(Kind.MUTATING);
    }

    private static void conditionsAreKept(Kind kind) {
        String name = "conditions-" + kind.plural();
        hooked.hooks.on("/" + name, request -> Verdict.allowed());
        String webhook = hooked.webhook(
                name,
                "nowhere",
                "core/configmaps",
                "CREATE",
                CONDITIONS.formatted("object.metadata.namespace == 'production'"));
        ObjectNode made = hooked.http.create(hooked.path(kind), hooked.configuration(kind, name, webhook));
        assertThat(made.at("/webhooks/0/matchConditions/0/name").asText()).isEqualTo("expression-1");
        String path = hooked.path(kind) + "/" + name;
        ObjectNode updated = hooked.http.edit(
                path,
                configuration -> ((ObjectNode) configuration.at("/webhooks/0/matchConditions/0"))
                        .put("name", "expression-2")
                        .put("expression", "object.metadata.namespace == 'staging'"));
        assertThat(updated.at("/webhooks/0/matchConditions"))
                .isEqualTo(HttpCluster.tree(
                        "[{name: expression-2, expression: \"object.metadata.namespace == 'staging'\"}]"));
        hooked.http.delete(path).mustBe(200);
    }

    @Test
    @Conformance(
            "[sig-api-machinery] AdmissionWebhook should reject validating webhook configurations with invalid match"
                    + " conditions")
    void judgesWithConditionsThatDoNotCompileAreRefused() {
        brokenConditionsAreRefused(Kind.VALIDATING);
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should reject mutating webhook configurations with invalid match"
            + " conditions")
    void changersWithConditionsThatDoNotCompileAreRefused() {
        brokenConditionsAreRefused(Kind.MUTATING);
    }

    private static void brokenConditionsAreRefused(Kind kind) {
        String webhook = hooked.webhook(
                "broken", "nowhere", "core/configmaps", "CREATE", CONDITIONS.formatted("... [] bad expression"));
        Answer refused = hooked.http.post(hooked.path(kind), hooked.configuration(kind, "broken", webhook));
        assertThat(refused.mustBe(422).message())
                .contains("webhooks[0].matchConditions[0].expression")
                .contains("compilation failed");
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should mutate everything except 'skip-me' configmaps")
    void aWebhookIsAskedOnlyWhereItsConditionHolds() {
        String here = hooked.namespace("skipping");
        hooked.hooks.on("/skipping", request -> stage(request, "mutation-start", "mutation-stage-1"));
        hooked.register(
                Kind.MUTATING,
                "skipping",
                hooked.webhook(
                        "skipping",
                        here,
                        "core/configmaps",
                        "CREATE",
                        CONDITIONS.formatted("object.metadata.name != 'skip-me'")));
        assertThat(made(here, "mutate-me").has("mutation-stage-1")).isTrue();
        assertThat(made(here, "skip-me").has("mutation-stage-1")).isFalse();
    }

    private static JsonNode made(String namespace, String name) {
        return hooked.http
                .create(
                        "/api/v1/namespaces/" + namespace + "/configmaps",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name
                                + "}, data: {mutation-start: 'yes'}}")
                .path("data");
    }
}
