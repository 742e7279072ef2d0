package io.orchestrator.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
    private final Manifests manifests = Manifests.builtIn();

    @Test
    void documentsAndListsBecomeOneSequence() {
        String text = """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                ---
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
                - {apiVersion: apps/v1, kind: Deployment, metadata: {name: c}}
                ---
                apiVersion: v1
                kind: ConfigMapList
                items:
                - metadata: {name: d}
                """;
        assertThat(manifests.read(text)).extracting(o -> o.metadata().name()).containsExactly("a", "b", "c", "d");
        assertThat(manifests.read(text).get(2)).isInstanceOf(Deployment.class);
    }

    @Test
    void jsonIsReadToo() {
        String one = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}";
        assertThat(manifests.read(one + "\n" + one)).hasSize(2);
        assertThat(manifests.read("{apiVersion: v1, kind: ConfigMap}")).hasSize(1);
    }

    @Test
    void whatIsWrongIsNamedByDocument() {
        String text = "apiVersion: v1\nkind: ConfigMap\n---\napiVersion: example.com/v1\nkind: Gadget\n";
        assertThatThrownBy(() -> manifests.read(text))
                .hasMessage("document 2: no matches for kind \"Gadget\" in version \"example.com/v1\"");
        assertThatThrownBy(() -> manifests.read("kind: Pod")).hasMessage("Object 'apiVersion' is missing");
        assertThatThrownBy(() -> manifests.read("apiVersion: v1\nkind: Pod\nspec: {containerz: []}"))
                .hasMessageContaining("unknown field \"spec.containerz\"");
    }

    @Test
    void aDirectoryIsReadInOrderOfNames(@TempDir Path dir) throws IOException {
        Files.writeString(dir.resolve("2.yml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: second}\n");
        Files.writeString(
                dir.resolve("1.json"),
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"first\"}}");
        Files.writeString(dir.resolve("README.md"), "no manifest");
        assertThat(manifests.read(dir)).extracting(o -> o.metadata().name()).containsExactly("first", "second");
        Files.writeString(dir.resolve("3.yaml"), "apiVersion: v1\nkind: ConfigMap\ndata: [1]\n");
        assertThatThrownBy(() -> manifests.read(dir)).hasMessageContaining("3.yaml");
    }

    @Test
    void valuesKeepTheirTypes() {
        Resource map = manifests
                .read("apiVersion: v1\nkind: ConfigMap\ndata: {mode: \"0644\", on: \"yes\"}\n")
                .get(0);
        assertThat(((ConfigMap) map).data()).containsEntry("mode", "0644").containsEntry("true", "yes");
        assertThatThrownBy(() -> manifests.read("apiVersion: v1\nkind: ConfigMap\ndata: {mode: 0644}\n"))
                .hasMessageContaining("number into Go struct field ConfigMap.data.mode of type string");
    }
}
