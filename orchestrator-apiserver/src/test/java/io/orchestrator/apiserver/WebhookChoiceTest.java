package io.orchestrator.apiserver;

import static io.orchestrator.apiserver.HookedCluster.JSON;
import static io.orchestrator.apiserver.HookedCluster.MAPS;
import static io.orchestrator.apiserver.HookedCluster.REGISTERED;
import static io.orchestrator.apiserver.HookedCluster.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.apiserver.ServedCluster.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which requests a webhook is asked about. */
@Timeout(240)
class WebhookChoiceTest {
    private static final String SCALERS = "/namespaces/default/horizontalpodautoscalers";

    private static HookedCluster cluster;
    private static HookServer hooks;

    @BeforeAll
    static void open() {
        cluster = new HookedCluster();
        hooks = cluster.hooks;
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @BeforeEach
    void allow() {
        hooks.on("/ok", (request, exchange) -> HookServer.send(exchange, HookServer.response(request, true)));
        hooks.on("/no", (request, exchange) -> HookServer.send(exchange, HookServer.response(request, false)));
    }

    @AfterEach
    void withdraw() {
        cluster.withdraw();
    }

    private static Answer send(String method, String path, String body) {
        String type = method.equals("PATCH") ? "application/merge-patch+json" : JSON;
        return cluster.served.send(method, path, type, body);
    }

    private static List<String> askedAbout() {
        return hooks.asked.stream().map(each -> each.path("name").asText()).toList();
    }

    @Test
    void namespacesAreChosenByTheirLabelsAndThemselvesToo() {
        send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"watched\",\"labels\":{\"hooks\":\"on\"}}}");
        String maps = "/api/v1/namespaces/watched/configmaps";
        cluster.register(
                "validating",
                "some",
                cluster.hook("some", "/ok", ",\"namespaceSelector\":{\"matchLabels\":{\"hooks\":\"on\"}}")
                        .replace("[\"configmaps\"]", "[\"configmaps\",\"namespaces\"]"));
        cluster.untilAsked(() -> send("POST", maps, "{\"metadata\":{\"generateName\":\"probe-\"}}"));

        cluster.create("elsewhere", "");
        send("POST", maps, "{\"metadata\":{\"name\":\"here\"}}");
        send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"other\"}}");
        send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"another\",\"labels\":{\"hooks\":\"on\"}}}");

        assertThat(askedAbout()).containsExactly("here", "another");
    }

    @Test
    void objectsAreChosenByTheLabelsThatTheyHadOrGet() {
        cluster.register(
                "validating",
                "red",
                cluster.hook("red", "/ok", ",\"objectSelector\":{\"matchLabels\":{\"color\":\"red\"}}"));
        String red = "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"color\":\"red\"}}}";
        cluster.untilAsked(() -> send("POST", MAPS, red.formatted("probe-" + System.nanoTime())));

        send("POST", MAPS, red.formatted("red"));
        cluster.create("plain", "");
        send("PATCH", MAPS + "/red", "{\"metadata\":{\"labels\":null}}");
        send("PATCH", MAPS + "/red", "{\"data\":{\"a\":\"b\"}}");
        send("PATCH", MAPS + "/plain", "{\"metadata\":{\"labels\":{\"color\":\"red\"}}}");

        assertThat(askedAbout()).containsExactly("red", "red", "plain");
    }

    /** A scaler as version 1 has it, which is not the version in which it is stored. */
    private static Answer scaler(String name) {
        return send(
                "POST",
                "/apis/autoscaling/v1" + SCALERS,
                "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"maxReplicas\":3,"
                        + "\"targetCPUUtilizationPercentage\":50,"
                        + "\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"web\"}}}");
    }

    private static String scalers(String name, String version, String policy) {
        return cluster.hook(name, "/" + name, ",\"matchPolicy\":\"" + policy + "\"")
                .replace("[\"configmaps\"]", "[\"horizontalpodautoscalers\"]")
                .replace(
                        "\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"]",
                        "\"apiGroups\":[\"autoscaling\"],\"apiVersions\":[\"" + version + "\"]");
    }

    @Test
    void equivalentRequestsAreShownInTheVersionThatTheRuleNames() {
        for (String each : List.of("newer", "older", "exact")) {
            hooks.on("/" + each, (request, exchange) -> {
                HookServer.send(exchange, HookServer.response(request, true).putNull("warnings"));
            });
        }
        cluster.register("validating", "newer", scalers("newer", "v2", "Equivalent"));
        cluster.untilAsked(() -> scaler("probe-" + System.nanoTime()));

        assertThat(scaler("newer").code()).isEqualTo(201);
        JsonNode asked = hooks.asked.get(0);
        assertThat(asked.at("/kind/version").asText()).isEqualTo("v2");
        assertThat(asked.at("/requestKind/version").asText()).isEqualTo("v1");
        assertThat(asked.at("/requestResource/version").asText()).isEqualTo("v1");
        assertThat(asked.at("/object/apiVersion").asText()).isEqualTo("autoscaling/v2");
        assertThat(asked.at("/object/spec/metrics/0/resource/target/averageUtilization")
                        .asInt())
                .isEqualTo(50);
        send("DELETE", "/apis/autoscaling/v2" + SCALERS, "");
    }

    @Test
    void exactRulesMeanTheVersionOfTheRequestAlone() {
        hooks.on("/older", (request, exchange) -> HookServer.send(exchange, HookServer.response(request, true)));
        cluster.register("validating", "older", scalers("older", "v1", "Exact"));
        cluster.untilAsked(() -> scaler("probe-" + System.nanoTime()));

        scaler("older");
        send(
                "POST",
                "/apis/autoscaling/v2" + SCALERS,
                "{\"metadata\":{\"name\":\"unseen\"},\"spec\":{\"maxReplicas\":3,"
                        + "\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"web\"}}}");

        assertThat(askedAbout()).containsExactly("older");
        JsonNode asked = hooks.asked.get(0);
        assertThat(asked.at("/kind/version").asText()).isEqualTo("v1");
        assertThat(asked.at("/object/apiVersion").asText()).isEqualTo("autoscaling/v1");
        assertThat(asked.at("/object/spec/targetCPUUtilizationPercentage").asInt())
                .isEqualTo(50);
        send("DELETE", "/apis/autoscaling/v2" + SCALERS, "");
    }

    @Test
    void eventsOfEitherGroupAreTheSame() {
        cluster.register(
                "validating",
                "events",
                cluster.hook("events", "/ok", "")
                        .replace("[\"configmaps\"]", "[\"events\"]")
                        .replace("\"apiGroups\":[\"\"]", "\"apiGroups\":[\"events.k8s.io\"]"));
        String event = "{\"metadata\":{\"generateName\":\"e-\",\"namespace\":\"default\"},\"type\":\"Normal\","
                + "\"reason\":\"Tried\",\"message\":\"all is well\",\"source\":{\"component\":\"test\"},"
                + "\"involvedObject\":{\"kind\":\"Pod\",\"namespace\":\"default\",\"name\":\"web\"}}";
        cluster.untilAsked(() -> send("POST", "/api/v1/namespaces/default/events", event));

        Answer made = send("POST", "/api/v1/namespaces/default/events", event);

        assertThat(made.code()).as(made.text()).isEqualTo(201);
        JsonNode asked = hooks.asked.get(0);
        assertThat(asked.at("/kind/group").asText()).isEqualTo("events.k8s.io");
        assertThat(asked.at("/requestKind/group").asText()).isEmpty();
        assertThat(asked.at("/object/note").asText()).isEqualTo("all is well");
    }

    @Test
    void conditionsChooseAndOneThatFailsIsAFailureOfTheWebhook() {
        cluster.register(
                "validating",
                "failing",
                cluster.hook(
                        "failing",
                        "/ok",
                        ",\"matchConditions\":[{\"name\":\"broken\",\"expression\":\"object.data.key == 'v'\"}]"));
        cluster.untilAsked(() -> cluster.create("probe-" + System.nanoTime(), "\"key\":\"v\""));

        assertThat(cluster.create("other", "\"key\":\"w\"").code()).isEqualTo(201);
        Answer undecided = cluster.create("none", "\"k\":\"v\"");

        assertThat(undecided.code()).isEqualTo(403);
        assertThat(message(undecided)).contains("the match conditions of admission webhook \"failing.example.com\"");
        assertThat(hooks.asked).isEmpty();
        Answer unreadable = cluster.tryToRegister(
                "validating",
                "unreadable",
                cluster.hook(
                        "unreadable", "/ok", ",\"matchConditions\":[{\"name\":\"c\",\"expression\":\"object.\"}]"));
        assertThat(unreadable.code()).isEqualTo(422);
        assertThat(message(unreadable)).contains("webhooks[0].matchConditions[0].expression");
    }

    @Test
    void changesThatChangeNothingAreAskedAboutAndMayBeRefused() {
        cluster.create("still", "\"k\":\"v\"");
        cluster.register("validating", "no", cluster.hook("no", "/no", ""));
        cluster.untilRefused();
        hooks.asked.clear();

        Answer same = send("PATCH", MAPS + "/still", "{\"data\":{\"k\":\"v\"}}");

        assertThat(same.code()).as(same.text()).isEqualTo(400);
        assertThat(message(same)).contains("denied the request");
        assertThat(hooks.asked.get(0).path("operation").asText()).isEqualTo("UPDATE");
    }

    @Test
    void webhooksThatDoSomethingCannotBeRegisteredSinceDryRunsWouldDoItToo() {
        Answer some = cluster.tryToRegister(
                "validating", "some", cluster.hook("some", "/ok", "").replace("\"None\"", "\"Some\""));
        Answer unsaid = cluster.tryToRegister(
                "mutating", "unsaid", cluster.hook("unsaid", "/ok", "").replace("\"sideEffects\":\"None\",", ""));

        assertThat(some.code()).isEqualTo(422);
        assertThat(message(some)).contains("webhooks[0].sideEffects: Unsupported value: \"Some\"");
        assertThat(unsaid.code()).isEqualTo(422);
        assertThat(message(unsaid)).contains("webhooks[0].sideEffects: Required value");
        assertThat(cluster.served
                        .get(REGISTERED + "validatingwebhookconfigurations")
                        .json()
                        .path("items"))
                .isEmpty();
    }
}
