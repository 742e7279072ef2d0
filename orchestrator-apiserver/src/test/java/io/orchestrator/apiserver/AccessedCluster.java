package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.apiserver.ServedCluster.Answer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A cluster that is asked by people of different rights, and a role that two of them have. */
final class AccessedCluster implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Long enough to leave the processor to those who are waited for. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";

    final ServedCluster cluster;

    AccessedCluster() {
        this(ApiServer.onPort(0));
    }

    AccessedCluster(ApiServer server) {
        cluster = new ServedCluster(server);
        post(RBAC + "/clusterroles", """
            {"metadata": {"name": "reader"}, "rules": [{"verbs": ["get", "list"], "apiGroups": [""], "resources": ["pods"]},
             {"verbs": ["get"], "apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["mine"]}]}\
            """);
        post(RBAC + "/namespaces/default/rolebindings", """
            {"metadata": {"name": "jane-reads"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
             "name": "reader"}, "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "jane"},
             {"kind": "ServiceAccount", "name": "bot", "namespace": "default"}]}\
            """);
        post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\": {\"name\": \"bot\"}}");
        untilAllowed("jane");
    }

    Answer asNode(String node, String method, String path, String body) {
        return cluster.send(cluster.to(path)
                .header("Impersonate-User", "system:node:" + node)
                .header("Impersonate-Group", "system:nodes")
                .header("Content-Type", JSON)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    Answer postAs(String user, String path, String body) {
        return cluster.send(cluster.to(path)
                .header("Impersonate-User", user)
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    static void refused(Answer answer, String message) {
        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.json().path("reason").asText()).isEqualTo("Forbidden");
        assertThat(answer.json().path("message").asText()).isEqualTo(message);
    }

    JsonNode review(String path, String body) {
        Answer answer = cluster.send("POST", "/apis/" + path, JSON, body);
        assertThat(answer.code()).as(answer.text()).isEqualTo(201);
        return answer.json().path("status");
    }

    String token(String account, String request) {
        Answer answer =
                cluster.send("POST", "/api/v1/namespaces/default/serviceaccounts/" + account + "/token", JSON, request);
        assertThat(answer.code()).as(answer.text()).isEqualTo(201);
        return answer.json().path("status").path("token").asText();
    }

    Answer as(String user, String path) {
        return cluster.send(cluster.to(path).header("Impersonate-User", user).build());
    }

    Answer with(String token, String path) {
        return cluster.sendAsNobody(
                cluster.to(path).header("Authorization", "Bearer " + token).build());
    }

    void post(String path, String body) {
        Answer answer = cluster.send("POST", path, JSON, body);
        assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    }

    /** Roles come to the authorizer by a watch. */
    void untilAllowed(String user) {
        until(() -> as(user, "/api/v1/namespaces/default/pods").code() == 200);
    }

    /** What controllers and watches bring about. */
    static void until(BooleanSupplier holds) {
        await().atMost(PATIENCE).pollInterval(BETWEEN_TRIES).until(holds::getAsBoolean);
    }

    void untilCode(String token, int code) {
        untilCode(token, "/api", code);
    }

    void untilCode(String token, String path, int code) {
        until(() -> with(token, path).code() == code);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
