package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.apiserver.ServedCluster.Answer;
import io.orchestrator.core.embed.ClusterBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A cluster that is asked over HTTPS, and a webhook that is asked by it about config maps. */
final class HookedCluster implements AutoCloseable {
    static final String JSON = "application/json";
    static final String MAPS = "/api/v1/namespaces/default/configmaps";
    static final String REGISTERED = "/apis/admissionregistration.k8s.io/v1/";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final ServedCluster served;
    final HookServer hooks = new HookServer();

    /** Whose webhooks may be on this machine. */
    HookedCluster() {
        this(ClusterBuilder::localWebhooks);
    }

    HookedCluster(Consumer<ClusterBuilder> settings) {
        served = new ServedCluster(ApiServer.onPort(0), settings);
    }

    /** One webhook on config maps, by URL. @param more further fields */
    String hook(String name, String path, String more) {
        return hookAt(name, "\"url\":\"" + hooks.url(path) + "\"", more);
    }

    /** The same wherever it is. It is waited for as long as webhooks may be, so that no busy machine makes it one that is late. */
    String hookAt(String name, String where, String more) {
        return """
            {"name":"%s.example.com","admissionReviewVersions":["v1"],"sideEffects":"None","timeoutSeconds":30,
             "clientConfig":{%s,"caBundle":"%s"},
             "rules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["*"],"resources":["configmaps"]}]%s}
            """.formatted(name, where, hooks.bundle(), more);
    }

    /** @param kind mutating or validating */
    void register(String kind, String name, String... webhooks) {
        Answer answer = tryToRegister(kind, name, webhooks);
        assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    }

    Answer tryToRegister(String kind, String name, String... webhooks) {
        return served.send(
                "POST",
                REGISTERED + kind.toLowerCase(Locale.ROOT) + "webhookconfigurations",
                JSON,
                "{\"metadata\":{\"name\":\"" + name + "\"},\"webhooks\":[" + String.join(",", webhooks) + "]}");
    }

    /** Waits until a webhook is in force: until a review of some probe has come to it. */
    void untilAsked() {
        untilAsked(() -> create("probe-" + System.nanoTime(), ""));
    }

    void untilAsked(Runnable probe) {
        until(() -> {
            probe.run();
            return !hooks.asked.isEmpty();
        });
        hooks.asked.clear();
    }

    /** Waits until the creation of config maps is refused. */
    void untilRefused() {
        until(() -> create("probe-" + System.nanoTime(), "").code() != 201);
    }

    static void until(BooleanSupplier holds) {
        await().atMost(PATIENCE).until(holds::getAsBoolean);
    }

    /** @param data the fields, as JSON has them */
    Answer create(String name, String data) {
        return served.send("POST", MAPS, JSON, "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{" + data + "}}");
    }

    static String message(Answer answer) {
        return answer.json().path("message").asText();
    }

    /** Withdraws all webhooks, and what was written while they stood. */
    void withdraw() {
        for (String kind : List.of("mutating", "validating")) {
            served.send("DELETE", REGISTERED + kind + "webhookconfigurations", JSON, "");
        }
        until(() -> create("free-" + System.nanoTime(), "").code() == 201);
        until(() -> {
            hooks.asked.clear();
            return create("free-" + System.nanoTime(), "").code() == 201 && hooks.asked.isEmpty();
        });
        served.send("DELETE", MAPS, JSON, "");
    }

    @Override
    public void close() {
        served.close();
        hooks.close();
    }
}
