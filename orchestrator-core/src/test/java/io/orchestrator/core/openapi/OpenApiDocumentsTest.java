package io.orchestrator.core.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.autoscaling.Scale;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.schema.Schemas;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenApiDocumentsTest {
    private static final Set<String> ALL =
            Set.of("create", "get", "list", "watch", "update", "patch", "delete", "deletecollection");

    private final JsonTrees trees = new JsonTrees(Limits.DEFAULT);
    private final OpenApiDocuments documents = new OpenApiDocuments(
            new Schemas(),
            List.of(
                    new ServedResource(Pod.TYPE, ALL, List.of()),
                    new ServedResource(
                            Deployment.TYPE,
                            ALL,
                            List.of(new ServedResource.Part("scale", Scale.TYPE, Set.of("get", "update", "patch"))))),
            "v1.32.0");

    @Test
    void theIndexNamesEachGroupVersionAndWhatIsBesideThemWithItsHash() {
        JsonNode paths = trees.parse(documents.index().json()).get("paths");
        assertThat(paths.properties())
                .extracting(e -> e.getKey())
                .containsExactly(
                        ".well-known/openid-configuration",
                        "api",
                        "api/v1",
                        "apis",
                        "apis/apps",
                        "apis/apps/v1",
                        "openid/v1/jwks",
                        "version");
        assertThat(paths.at("/apis~1apps~1v1/serverRelativeURL").asText())
                .isEqualTo("/openapi/v3/apis/apps/v1?hash="
                        + documents.v3("apis/apps/v1").orElseThrow().hash());
        assertThat(documents.v3("apis/none/v1")).isEmpty();
    }

    @Test
    void patchSaysWhatKubectlLooksFor() {
        JsonNode patch =
                v3("apis/apps/v1").at("/paths/~1apis~1apps~1v1~1namespaces~1{namespace}~1deployments~1{name}/patch");
        assertThat(patch.get("x-kubernetes-group-version-kind").toString())
                .isEqualTo("{\"group\":\"apps\",\"kind\":\"Deployment\",\"version\":\"v1\"}");
        assertThat(patch.at("/requestBody/content").has("application/strategic-merge-patch+json"))
                .isTrue();
        assertThat(patch.at("/requestBody/content").has("application/apply-patch+yaml"))
                .isTrue();
        assertThat(patch.get("parameters"))
                .anyMatch(p -> p.path("name").asText().equals("fieldValidation"));
    }

    @Test
    void fieldsCarryTheirMergeKeysAndDescriptions() {
        JsonNode containers = v3("api/v1").at("/components/schemas/io.k8s.api.core.v1.PodSpec/properties/containers");
        assertThat(containers.get("x-kubernetes-patch-merge-key").asText()).isEqualTo("name");
        assertThat(containers.get("x-kubernetes-patch-strategy").asText()).isEqualTo("merge");
        assertThat(containers.get("x-kubernetes-list-type").asText()).isEqualTo("map");
        assertThat(containers.get("description").asText()).isNotBlank();
        assertThat(containers.at("/items/allOf/0/$ref").asText())
                .isEqualTo("#/components/schemas/io.k8s.api.core.v1.Container");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (JsonNode document : List.of(
                v3("api/v1"), v3("apis/apps/v1"), trees.parse(documents.v2().json()))) {
            List<String> references = document.findValuesAsText("$ref");
            assertThat(references).isNotEmpty();
            assertThat(references)
                    .allMatch(reference -> !document.at(reference.substring(1)).isMissingNode());
        }
    }

    @Test
    void subresourcesAreAboutTheirOwnKind() {
        JsonNode scale = v3("apis/apps/v1")
                .at("/paths/~1apis~1apps~1v1~1namespaces~1{namespace}~1deployments~1{name}~1scale/put");
        assertThat(scale.at("/x-kubernetes-group-version-kind/kind").asText()).isEqualTo("Scale");
    }

    @Test
    void theProtobufOfV2BeginsWithItsVersion() {
        byte[] message = documents.v2Protobuf();
        assertThat(message).startsWith(new byte[] {10, 3, '2', '.', '0'});
        assertThat(message.length).isGreaterThan(10_000);
    }

    private JsonNode v3(String groupVersion) {
        return trees.parse(documents.v3(groupVersion).orElseThrow().json());
    }
}
