package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.testkit.junit.Conformance;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class CustomResourceConformanceTest {
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private static HttpCluster cluster;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster("definitions");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    @Conformance(
            "[sig-api-machinery] CustomResourceDefinition resources Simple creating/deleting custom resource definition"
                    + " objects works")
    void aDefinitionComesAndGoes() {
        Definition made = Definition.named("comings", "Coming").create(cluster);
        assertThat(cluster.get(made.path())
                        .mustBe(200)
                        .json()
                        .at("/spec/names/kind")
                        .asText())
                .isEqualTo("Coming");
        cluster.delete(made.path()).mustBe(200);
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> cluster.get(made.path()).code() == 404);
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> cluster.get(made.objects("v1")).code() == 404);
    }

    @Test
    @Conformance(
            "[sig-api-machinery] CustomResourceDefinition resources Simple listing custom resource definition objects"
                    + " works")
    void definitionsAreListedAndDeletedTogether() {
        for (int i = 0; i < 4; i++) {
            Definition each = Definition.named("listed" + i + "s", "Listed" + i);
            each.manifest().withObjectProperty("metadata").putObject("labels").put("list", "together");
            each.create(cluster);
        }
        String together = DEFINITIONS + "?labelSelector=list%3Dtogether";
        assertThat(cluster.get(together).mustBe(200).json().path("items")).hasSize(4);
        cluster.delete(together).mustBe(200);
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> cluster.get(together).json().path("items").isEmpty());
    }

    @Test
    @Conformance(
            "[sig-api-machinery] CustomResourceDefinition resources Simple getting/updating/patching custom resource"
                    + " definition status sub-resource works")
    void theStatusOfADefinitionIsAPartOfItsOwn() {
        Definition made = Definition.named("statuses", "Stated").create(cluster);
        String status = made.path() + "/status";
        JsonNode got = cluster.get(status).mustBe(200).json();
        assertThat(got.at("/status/acceptedNames/kind").asText()).isEqualTo("Stated");
        ObjectNode updated = cluster.edit(status, wanted -> condition(wanted, "StatusUpdate"));
        assertThat(conditions(updated)).contains("StatusUpdate");
        ObjectNode wanted = updated.deepCopy();
        condition(wanted, "StatusPatch");
        JsonNode patched = cluster.patch(
                        status,
                        HttpCluster.MERGE,
                        "{\"spec\": {\"names\": {\"kind\": \"Other\"}}, \"status\": {\"conditions\": "
                                + wanted.at("/status/conditions") + "}}")
                .mustBe(200)
                .json();
        assertThat(conditions(patched)).contains("StatusUpdate", "StatusPatch", "Established");
        assertThat(patched.at("/spec/names/kind").asText()).isEqualTo("Stated");
    }

    @Test
    @Conformance("[sig-api-machinery] CustomResourceDefinition Watch watch on custom resource definition objects")
    void objectsOfACustomKindAreWatched() {
        Definition watched = Definition.named("watcheds", "Watched").create(cluster);
        try (Events one = cluster.watch(watched.objects("v1") + "?fieldSelector=metadata.name%3Dname1");
                Events both = cluster.watch(watched.objects("v1"))) {
            for (String name : List.of("name1", "name2")) {
                cluster.create(watched.objects("v1"), watched.object("v1", name, ", content: {key: value}"));
            }
            cluster.edit(
                    watched.objects("v1") + "/name1",
                    object -> object.withObjectProperty("content").put("key", "changed"));
            for (String name : List.of("name1", "name2")) {
                cluster.delete(watched.objects("v1") + "/" + name).mustBe(200);
            }
            assertThat(briefs(one, 3)).containsExactly("ADDED name1", "MODIFIED name1", "DELETED name1");
            assertThat(briefs(both, 5))
                    .containsExactly("ADDED name1", "ADDED name2", "MODIFIED name1", "DELETED name1", "DELETED name2");
        }
    }

    @Test
    @Conformance(
            "[sig-api-machinery] CustomResourceDefinition resources custom resource defaulting for requests and from"
                    + " storage works")
    void defaultsAreSetInWhatIsSentAndInWhatWasStoredBefore() {
        String schema =
                "{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string, default:"
                        + " A}, b: {type: string}}}";
        Definition made = Definition.named("defaulteds", "Defaulted")
                .version("v1", true, schema)
                .create(cluster);
        JsonNode first = cluster.create(made.objects("v1"), made.object("v1", "one", ""));
        assertThat(first.path("a").asText()).isEqualTo("A");
        assertThat(first.has("b")).isFalse();
        cluster.edit(
                made.path(),
                definition -> ((ObjectNode) definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/b"))
                        .put("default", "B"));
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> cluster.get(made.objects("v1") + "/one")
                        .json()
                        .path("b")
                        .asText()
                        .equals("B"));
        cluster.edit(made.path(), definition -> {
            ((ObjectNode) definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/a")).remove("default");
            ((ObjectNode) definition.at("/spec/versions/0/schema/openAPIV3Schema/properties"))
                    .putObject("c")
                    .put("type", "string")
                    .put("default", "C");
        });
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> cluster.get(made.objects("v1") + "/one")
                        .json()
                        .path("c")
                        .asText()
                        .equals("C"));
        assertThat(cluster.get(made.objects("v1") + "/one").json().path("a").asText())
                .as("what was stored with its default keeps it")
                .isEqualTo("A");
        JsonNode second = cluster.create(made.objects("v1"), made.object("v1", "two", ""));
        assertThat(second.has("a")).isFalse();
        assertThat(second.path("b").asText() + second.path("c").asText()).isEqualTo("BC");
    }

    private static List<String> briefs(Events events, int count) {
        return Stream.generate(events::next).limit(count).map(Events::brief).toList();
    }

    private static void condition(ObjectNode definition, String type) {
        definition
                .withObjectProperty("status")
                .withArrayProperty("conditions")
                .addObject()
                .put("type", type)
                .put("status", "True")
                .put("reason", "E2E")
                .put("message", "Set from e2e test");
    }

    private static List<String> conditions(JsonNode definition) {
        return definition.at("/status/conditions").findValuesAsText("type");
    }
}
