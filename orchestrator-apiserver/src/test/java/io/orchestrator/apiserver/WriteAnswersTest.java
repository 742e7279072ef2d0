package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.apiserver.ServedCluster.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a write is answered with when it finds something there, and when it does not. */
class WriteAnswersTest {
    private static final String JSON = "application/json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps/";
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases/";

    private static ServedCluster served;

    @BeforeAll
    static void open() {
        served = new ServedCluster(ApiServer.onPort(0));
    }

    @AfterAll
    static void close() {
        served.close();
    }

    private static Answer apply(String name, String value, String query) {
        return served.send(
                "PATCH",
                MAPS + name + "?fieldManager=test" + query,
                APPLY,
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"data\":{\"k\":\"" + value + "\"}}");
    }

    @Test
    void anApplyThatCreatesSaysSo() {
        assertThat(apply("applied", "a", "").code()).isEqualTo(201);
        assertThat(apply("applied", "b", "").code()).isEqualTo(200);
        assertThat(apply("applied", "b", "").code()).isEqualTo(200);
        assertThat(apply("pretended", "a", "&dryRun=All").code()).isEqualTo(201);
        assertThat(served.get(MAPS + "pretended").code()).isEqualTo(404);
    }

    @Test
    void dependentsAreLeftAloneWhereTheQueryOfADeletionSaysSo() {
        apply("orphaning", "a", "");
        assertThat(served.send("DELETE", MAPS + "orphaning?orphanDependents=true", ServedCluster.NO_TYPE, "")
                        .json()
                        .at("/metadata/finalizers/0")
                        .asText())
                .isEqualTo("orphan");
    }

    @Test
    void aPutThatCreatesSaysSo() {
        Answer put = served.send("PUT", LEASES + "put", JSON, lease("put", "a", ""));
        assertThat(put.code()).isEqualTo(201);

        String version = put.json().at("/metadata/resourceVersion").asText();
        assertThat(served.send("PUT", LEASES + "put", JSON, lease("put", "b", version))
                        .code())
                .isEqualTo(200);
    }

    private static String lease(String name, String holder, String version) {
        return "{\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"%s\"},\"spec\":{\"holderIdentity\":\"%s\"}}"
                .formatted(name, version, holder);
    }

    @Test
    void namespacesAreDeletedOneByOne() {
        assertThat(served.send("DELETE", "/api/v1/namespaces", JSON, "").code()).isEqualTo(405);

        JsonNode served = WriteAnswersTest.served.get("/api/v1").json().path("resources");
        for (JsonNode each : served) {
            boolean listed = each.path("verbs").toString().contains("deletecollection");
            if (each.path("name").asText().equals("namespaces")) {
                assertThat(listed).isFalse();
            } else if (each.path("name").asText().equals("pods")) {
                assertThat(listed).isTrue();
            }
        }
    }

    @Test
    void generationsOfPodsAreNotCounted() {
        Answer pod = served.send(
                "POST",
                "/api/v1/namespaces/default/pods",
                JSON,
                "{\"metadata\":{\"name\":\"uncounted\"},\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"a\"}]}}");

        assertThat(pod.code()).as(pod.text()).isEqualTo(201);
        assertThat(pod.json().path("metadata").has("generation")).isFalse();
    }
}
