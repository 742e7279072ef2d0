package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.testkit.junit.Conformance;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Config maps and secrets as objects: made, found, changed and deleted over HTTPS. */
@Timeout(240)
class ConfigConformanceTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";

    private static HttpCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new HttpCluster("config");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    @Conformance({
        "[sig-node] ConfigMap should fail to create ConfigMap with empty key",
        "[sig-node] Secrets should fail to create secret due to empty secret key"
    })
    void aKeyIsNotEmpty() {
        for (String path : List.of(MAPS, SECRETS)) {
            HttpCluster.Answer refused = cluster.post(path, "{metadata: {name: keyless}, data: {'': dmFsdWU=}}")
                    .mustBe(422);
            assertThat(refused.json().path("reason").asText()).isEqualTo("Invalid");
            assertThat(refused.message()).contains("data[]: Invalid value: \"\"");
        }
    }

    @Test
    @Conformance("[sig-node] ConfigMap should run through a ConfigMap lifecycle")
    void aConfigMapIsMadeChangedFoundEverywhereAndDeletedByItsLabel() {
        String label = "?labelSelector=test-configmap-static%3Dtrue";
        String version =
                cluster.get(MAPS).json().at("/metadata/resourceVersion").asText();
        try (Events events = cluster.watch(MAPS + label + "&resourceVersion=" + version)) {
            cluster.post(MAPS, "{metadata: {name: life, labels: {test-configmap-static: 'true'}}, data: {value: one}}")
                    .mustBe(201);
            assertThat(Events.brief(events.next())).isEqualTo("ADDED life");
            cluster.patch(
                            MAPS + "/life",
                            HttpCluster.STRATEGIC,
                            "{metadata: {labels: {patched: 'true'}}, data: {value: two}}")
                    .mustBe(200);
            assertThat(Events.brief(events.next())).isEqualTo("MODIFIED life");

            assertThat(cluster.get(MAPS + "/life").json().at("/data/value").asText())
                    .isEqualTo("two");
            JsonNode everywhere =
                    cluster.get("/api/v1/configmaps" + label).json().path("items");
            assertThat(everywhere).hasSize(1);
            assertThat(everywhere.at("/0/metadata/labels/patched").asText()).isEqualTo("true");

            cluster.delete(MAPS + label).mustBe(200);
            assertThat(Events.brief(events.next())).isEqualTo("DELETED life");
        }
        assertThat(cluster.get(MAPS + label).json().path("items")).isEmpty();
    }

    @Test
    @Conformance("[sig-node] Secrets should patch a secret")
    void aSecretIsPatchedAndDeletedByItsLabel() {
        cluster.post(
                        SECRETS,
                        "{metadata: {name: life, labels: {testsecret-constant: 'true'}}, type: Opaque, data: {key:"
                                + " dmFsdWU=}}")
                .mustBe(201);
        cluster.patch(
                        SECRETS + "/life",
                        HttpCluster.STRATEGIC,
                        "{metadata: {labels: {testsecret: 'true'}}, data: {key: dmFsdWUx}}")
                .mustBe(200);
        ObjectNode patched = (ObjectNode)
                cluster.get("/api/v1/secrets?labelSelector=testsecret%3Dtrue").json();
        assertThat(patched.path("items")).hasSize(1);
        assertThat(patched.at("/items/0/data/key").asText()).isEqualTo("dmFsdWUx");
        cluster.delete(SECRETS + "?labelSelector=testsecret%3Dtrue").mustBe(200);
        cluster.get(SECRETS + "/life").mustBe(404);
    }
}
