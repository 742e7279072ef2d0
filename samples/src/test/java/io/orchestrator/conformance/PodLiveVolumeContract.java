package io.orchestrator.conformance;

import static io.orchestrator.conformance.PodCluster.PATIENCE;
import static io.orchestrator.conformance.PodCluster.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Patch;
import io.orchestrator.testkit.junit.Conformance;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What is changed while a real container has it mounted is seen in there. One pod has all of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class PodLiveVolumeContract {
    private PodCluster pods;

    /** A cluster of this name whose pods are what is tried. */
    abstract PodCluster open(String name);

    @BeforeAll
    final void start() {
        pods = open("live");
        for (String name : List.of("upd", "del", "imm")) {
            pods.create("""
                    {apiVersion: v1, kind: ConfigMap, metadata: {name: %1$s}, data: {data: value-1}}
                    ---
                    {apiVersion: v1, kind: Secret, metadata: {name: %1$s}, stringData: {data: value-1}}
                    """.formatted(name));
        }
        pods.create("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: bin}
                data: {text: plain}
                binaryData: {dump: 3q2+774=}
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: elsewhere}}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: upd, namespace: elsewhere}, stringData: {data: another}}
                """);
        pods.create(pod("live", """
                labels: {tier: one}
                annotations: {builder: bar}
                """, """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [sleep, '600']
                  volumeMounts:
                  - {name: c-upd, mountPath: /c/upd}
                  - {name: c-del, mountPath: /c/del}
                  - {name: c-new, mountPath: /c/new}
                  - {name: s-upd, mountPath: /s/upd}
                  - {name: s-del, mountPath: /s/del}
                  - {name: s-new, mountPath: /s/new}
                  - {name: pc, mountPath: /pc}
                  - {name: ps, mountPath: /ps}
                  - {name: bin, mountPath: /bin-data}
                  - {name: d, mountPath: /d}
                  - {name: pd, mountPath: /pd}
                  - {name: more, mountPath: /c/upd/more}
                  - {name: c-upd, mountPath: /part, subPath: data}
                volumes:
                - {name: more, emptyDir: {}}
                - {name: c-upd, configMap: {name: upd}}
                - {name: c-del, configMap: {name: del, optional: true}}
                - {name: c-new, configMap: {name: new, optional: true}}
                - {name: s-upd, secret: {secretName: upd}}
                - {name: s-del, secret: {secretName: del, optional: true}}
                - {name: s-new, secret: {secretName: new, optional: true}}
                - name: pc
                  projected:
                    sources:
                    - {configMap: {name: upd, items: [{key: data, path: upd/data}]}}
                    - {configMap: {name: del, optional: true, items: [{key: data, path: del/data}]}}
                    - {configMap: {name: new, optional: true, items: [{key: data, path: new/data}]}}
                - name: ps
                  projected:
                    sources:
                    - {secret: {name: upd, items: [{key: data, path: upd/data}]}}
                    - {secret: {name: del, optional: true, items: [{key: data, path: del/data}]}}
                    - {secret: {name: new, optional: true, items: [{key: data, path: new/data}]}}
                - {name: bin, configMap: {name: bin}}
                - name: d
                  downwardAPI: &self
                    items:
                    - {path: labels, fieldRef: {fieldPath: metadata.labels}}
                    - {path: annotations, fieldRef: {fieldPath: metadata.annotations}}
                - {name: pd, projected: {sources: [{downwardAPI: *self}]}}
                """, "Always"));
        pods.running("live");
    }

    @AfterAll
    final void stop() {
        if (pods != null) {
            pods.close();
        }
    }

    /** What each of the four volumes has of this object. */
    private String each(String object) {
        return pods.shell(
                "live", "for v in c s pc ps; do cat /$v/%s/data 2>/dev/null || echo -n none; done".formatted(object));
    }

    @Test
    @Conformance({
        "[sig-storage] ConfigMap updates should be reflected in volume",
        "[sig-storage] ConfigMap optional updates should be reflected in volume",
        "[sig-storage] Projected configMap updates should be reflected in volume",
        "[sig-storage] Projected configMap optional updates should be reflected in volume",
        "[sig-storage] Secrets optional updates should be reflected in volume",
        "[sig-storage] Projected secret optional updates should be reflected in volume"
    })
    void filesFollowTheirObjects() {
        assertThat(each("upd")).isEqualTo("value-1".repeat(4));
        assertThat(each("del")).isEqualTo("value-1".repeat(4));
        assertThat(each("new")).isEqualTo("none".repeat(4));
        String folder = pods.shell("live", "touch /c/upd/more/mine; readlink /c/upd/data; readlink /c/upd/..data");
        assertThat(folder).startsWith("..data/data\n..");

        Client client = pods.client();
        client.configMaps().patch("upd", Patch.merge("{\"data\": {\"data\": \"value-2\"}}"));
        client.secrets().patch("upd", Patch.merge("{\"stringData\": {\"data\": \"value-2\"}}"));
        client.configMaps().delete("del");
        client.secrets().delete("del");
        pods.create("""
                {apiVersion: v1, kind: ConfigMap, metadata: {name: new}, data: {data: value-3}}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: new}, stringData: {data: value-3}}
                """);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(each("upd")).isEqualTo("value-2".repeat(4));
            assertThat(each("del")).isEqualTo("none".repeat(4));
            assertThat(each("new")).isEqualTo("value-3".repeat(4));
        });
        // all files at once, by a link that leads elsewhere now; nobody else's folder goes with them, and a part stays
        // what it was
        assertThat(pods.shell("live", "readlink /c/upd/data; readlink /c/upd/..data"))
                .startsWith("..data/data\n..")
                .isNotEqualTo(folder);
        assertThat(pods.shell("live", "ls -A /c/upd/more; cat /part")).isEqualTo("mine\nvalue-1");
    }

    @Test
    @Conformance({
        "[sig-storage] Downward API volume should update labels on modification",
        "[sig-storage] Downward API volume should update annotations on modification",
        "[sig-storage] Projected downwardAPI should update labels on modification",
        "[sig-storage] Projected downwardAPI should update annotations on modification"
    })
    void filesFollowThePod() {
        String script = "cat /d/labels /d/annotations /pd/labels /pd/annotations";
        assertThat(pods.shell("live", script)).contains("tier=\"one\"", "builder=\"bar\"");
        pods.client()
                .pods()
                .patch(
                        "live",
                        Patch.merge("{\"metadata\": {\"labels\": {\"tier\": \"two\"},"
                                + " \"annotations\": {\"builder\": \"foo\"}}}"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(pods.shell("live", script)).matches("(?s)(tier=\"two\"\\s*builder=\"foo\"\\s*){2}"));
    }

    @Test
    @Conformance("[sig-storage] ConfigMap binary data should be reflected in volume")
    void bytesAreKeptAsTheyAre() {
        assertThat(pods.shell("live", "cat /bin-data/text; hexdump -e '1/1 \"%02x\"' /bin-data/dump"))
                .isEqualTo("plaindeadbeefbe");
    }

    @Test
    @Conformance(
            "[sig-storage] Secrets should be able to mount in a volume regardless of a different secret existing with same"
                    + " name in different namespace")
    void aSecretIsThatOfThePodsNamespace() {
        assertThat(pods.shell("live", "cat /s/upd/data")).startsWith("value-");
    }

    @Test
    @Conformance({
        "[sig-storage] ConfigMap should be immutable if `immutable` field is set",
        "[sig-storage] Secrets should be immutable if `immutable` field is set"
    })
    void whatWasMadeToLastStaysAsItIs() {
        for (var client : List.of(pods.client().configMaps(), pods.client().secrets())) {
            client.patch("imm", Patch.merge("{\"data\": {\"more\": \"YQ==\"}}"));
            client.patch("imm", Patch.merge("{\"immutable\": true}"));
            refused(() -> client.patch("imm", Patch.merge("{\"data\": {\"more\": \"Yg==\"}}")));
            refused(() -> client.patch("imm", Patch.merge("{\"data\": {\"other\": \"Yg==\"}}")));
            refused(() -> client.patch("imm", Patch.merge("{\"immutable\": false}")));
            client.patch("imm", Patch.merge("{\"metadata\": {\"labels\": {\"still\": \"free\"}}}"));
            client.delete("imm");
            assertThat(client.find("imm")).isEmpty();
        }
    }

    private static void refused(Runnable change) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(change::run)
                .withMessageContaining("field is immutable when `immutable` is set");
    }
}
