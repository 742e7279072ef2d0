package io.orchestrator.conformance;

import static org.awaitility.Awaitility.await;

import io.orchestrator.conformance.Hooks.Verdict;
import io.orchestrator.core.embed.ClusterBuilder;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster and a program with webhooks for it. Each test has a namespace of its own, and its webhooks see only that. */
final class HookedCluster implements AutoCloseable {
    private static final String CONFIGURATIONS = "/apis/admissionregistration.k8s.io/v1/";

    final HttpCluster http = new HttpCluster("hooked", ClusterBuilder::localWebhooks);
    final Hooks hooks = new Hooks().on("/marker", request -> Verdict.refused("the marker"));
    private final AtomicInteger registered = new AtomicInteger();

    /** Whether it changes or judges. */
    enum Kind {
        MUTATING,
        VALIDATING;

        String plural() {
            return name().toLowerCase(Locale.ROOT) + "webhookconfigurations";
        }
    }

    /** A namespace labelled with its own name. */
    String namespace(String name) {
        http.create(
                "/api/v1/namespaces",
                "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + ", labels: {hooked: " + name + "}}}");
        http.create("/api/v1/namespaces", "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "-free}}");
        return name;
    }

    /** One webhook on what happens in the namespace, or to objects of the whole cluster that carry it as a label. */
    String webhook(String name, String namespace, String resource, String operations, String more) {
        String[] parts = resource.split("/", 2);
        String selector = namespace.isEmpty()
                ? ""
                : (parts[0].equals("clusterwide") ? "objectSelector" : "namespaceSelector")
                        + ": {matchLabels: {hooked: " + namespace + "}}, ";
        String group = parts[0].equals("clusterwide") || parts[0].equals("core") ? "" : parts[0];
        return "{name: " + name + ".k8s.io, admissionReviewVersions: [v1], sideEffects: None, " + selector
                + "clientConfig: " + hooks.client("/" + name) + ", rules: [{apiGroups: ['" + group
                + "'], apiVersions: ['*'], operations: [" + operations + "], resources: ['" + parts[1] + "']}]" + more
                + "}";
    }

    /** The configuration, as it is sent. */
    String configuration(Kind kind, String name, String... webhooks) {
        String marker = "{name: marker.k8s.io, admissionReviewVersions: [v1], sideEffects: None, objectSelector:"
                + " {matchLabels: {marker: " + name + "}}, clientConfig: " + hooks.client("/marker")
                + ", rules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]}";
        return "{apiVersion: admissionregistration.k8s.io/v1, kind: "
                + (kind == Kind.MUTATING ? "Mutating" : "Validating") + "WebhookConfiguration, metadata: {name: " + name
                + ", labels: {e2e: " + name + "}}, webhooks: ["
                + String.join(
                        "", Arrays.stream(webhooks).map(each -> each + ", ").toList()) + marker + "]}";
    }

    /** Registers them and waits until they are in force; where the configuration is. */
    String register(Kind kind, String name, String... webhooks) {
        http.create(path(kind), configuration(kind, name, webhooks));
        await().atMost(HttpCluster.PATIENCE).until(() -> marked(name) == 403);
        return path(kind) + "/" + name;
    }

    /** Takes them away and waits until they are no longer in force. */
    void unregister(String path) {
        http.delete(path).mustBe(200);
        await().atMost(HttpCluster.PATIENCE).until(() -> marked(path.substring(path.lastIndexOf('/') + 1)) == 201);
    }

    String path(Kind kind) {
        return CONFIGURATIONS + kind.plural();
    }

    int marked(String name) {
        return http.post(
                        "/api/v1/namespaces/default/configmaps",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: marker-" + registered.incrementAndGet()
                                + ", labels: {marker: " + name + "}}}")
                .code();
    }

    @Override
    public void close() {
        http.close();
        hooks.close();
    }
}
