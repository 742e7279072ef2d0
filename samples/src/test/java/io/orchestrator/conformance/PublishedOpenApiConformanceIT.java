package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.testkit.junit.Conformance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What kubectl and others learn of a custom kind from its published schema. */
@Timeout(300)
class PublishedOpenApiConformanceIT {
    private static final String SCHEMA = """
            type: object
            description: Foo CRD for Testing
            properties:
              spec:
                type: object
                description: Specification of Foo
                properties:
                  bars:
                    type: array
                    description: List of Bars and their specs.
                    items:
                      type: object
                      required: [name]
                      properties:
                        name: {type: string, description: Name of Bar.}
                        age: {type: string, description: Age of Bar.}
                        bazs: {type: array, items: {type: string}, description: List of Bazs.}
              status: {type: object, description: Status of Foo, properties: {bars: {type: array, items: {type: object}}}}
            """;
    private static final Set<String> OF_EVERY_GROUP = Set.of("DeleteOptions", "WatchEvent");
    private static final String OPEN = "{type: object, x-kubernetes-preserve-unknown-fields: true}";

    @TempDir
    static Path folder;

    private static HttpCluster cluster;
    private static Kubectl kubectl;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster("published");
        kubectl = new Kubectl(folder, cluster.kubeconfig());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    /** The kinds of the group that the document has, as {@code version/kind}. */
    private static List<String> published(String group) {
        List<String> found = new ArrayList<>();
        for (JsonNode definition : cluster.get("/openapi/v2", "application/json")
                .mustBe(200)
                .json()
                .path("definitions")) {
            for (JsonNode of : definition.path("x-kubernetes-group-version-kind")) {
                String kind = of.path("kind").asText();
                boolean own = !kind.endsWith("List") && !OF_EVERY_GROUP.contains(kind);
                if (of.path("group").asText().equals(group) && own) {
                    found.add(of.path("version").asText() + "/" + kind);
                }
            }
        }
        return found.stream().sorted().distinct().toList();
    }

    private static Definition create(Definition definition, String... published) {
        definition.create(cluster);
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> published(definition.group()).containsAll(List.of(published)));
        return definition;
    }

    private static Kubectl.Ended made(Definition definition, String name, String more) {
        return kubectl.ended(json(definition, name, more), "create", "-f", "-");
    }

    private static void mustBeMade(Definition definition, String more) {
        Kubectl.Ended made = made(definition, "test", more);
        assertThat(made.code()).as(made.output()).isZero();
    }

    private static void apply(Definition definition, String name, String more) {
        kubectl.fed(json(definition, name, more), "apply", "-f", "-");
    }

    private static String json(Definition definition, String name, String more) {
        return HttpCluster.tree(definition.object("v1", name, more)).toString();
    }

    @Test
    @Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI works for CRD with validation schema")
    void whatTheSchemaSaysIsCheckedAndExplained() {
        Definition foo = create(Definition.named("foos", "Foo").version("v1", true, SCHEMA), "v1/Foo");
        mustBeMade(foo, ", spec: {bars: [{name: test-bar}]}");
        apply(foo, "test", ", spec: {bars: [{name: test-bar, age: '10'}]}");
        assertThat(made(foo, "bad", ", spec: {unknown: 1}").output()).contains("unknown field");
        assertThat(made(foo, "bad", ", spec: {bars: [{age: '10'}]}").output())
                .contains("spec.bars[0].name: Required value");
        assertThat(kubectl.ended(json(foo, "bad", ", spec: {bars: [{age: '10'}]}"), "apply", "-f", "-")
                        .output())
                .contains("spec.bars[0].name: Required value");
        assertThat(kubectl.run("explain", "foos")).contains("Foo CRD for Testing", "spec", "status");
        assertThat(kubectl.run("explain", "foos.metadata")).contains("creationTimestamp");
        assertThat(kubectl.run("explain", "foos.spec")).contains("Specification of Foo", "bars");
        assertThat(kubectl.run("explain", "foos.spec.bars")).contains("List of Bars", "name", "bazs");
        assertThat(kubectl.ended("", "explain", "foos.spec.bars2").code()).isNotZero();
    }

    @Test
    @Conformance({
        "[sig-api-machinery] CustomResourcePublishOpenAPI works for CRD without validation schema",
        "[sig-api-machinery] CustomResourcePublishOpenAPI works for CRD preserving unknown fields at the schema root"
    })
    void whereNothingIsSaidEverythingIsTaken() {
        Definition open = create(Definition.named("wides", "Wide"), "v1/Wide");
        String any = ", a: {b: [{c: d}]}";
        mustBeMade(open, any);
        apply(open, "test", any);
        kubectl.run("delete", "wides", "test");
        assertThat(kubectl.run("explain", "wides")).containsPattern("KIND: +Wide");
    }

    @Test
    @Conformance(
            "[sig-api-machinery] CustomResourcePublishOpenAPI works for CRD preserving unknown fields in an embedded"
                    + " object")
    void withinAnOpenFieldEverythingIsTaken() {
        Definition waldo = create(Definition.named("waldos", "Waldo").version("v1", true, """
                                type: object
                                description: preserve-unknown-properties in nested field for Testing
                                properties:
                                  spec: {type: object, x-kubernetes-preserve-unknown-fields: true,
                                    description: Specification of Waldo, properties: {dummy: {type: object,
                                      x-kubernetes-preserve-unknown-fields: true}}}
                                  status: {type: object, description: Status of Waldo}
                                """), "v1/Waldo");
        mustBeMade(waldo, ", spec: {a: null, b: [{c: d}]}");
        apply(waldo, "test", ", spec: {b: [{c: e}]}");
        assertThat(kubectl.run("explain", "waldos"))
                .contains("preserve-unknown-properties in nested field for Testing", "spec", "status");
    }

    @Test
    @Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI works for multiple CRDs of different groups")
    void kindsOfDifferentGroupsArePublished() {
        create(Definition.inGroup("one.example.com", "ones", "One"), "v1/One");
        create(Definition.inGroup("two.example.com", "twos", "Two"), "v1/Two");
        assertThat(published("one.example.com")).containsExactly("v1/One");
        assertThat(published("two.example.com")).containsExactly("v1/Two");
    }

    @Test
    @Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI works for multiple CRDs of same group but different"
            + " versions")
    void versionsOfAGroupArePublished() {
        create(
                Definition.inGroup("versions.example.com", "manies", "Many").version("v2", false, OPEN),
                "v1/Many",
                "v2/Many");
        create(Definition.inGroup("versions.example.com", "fews", "Few"), "v1/Few", "v1/Many", "v2/Many");
    }

    @Test
    @Conformance(
            "[sig-api-machinery] CustomResourcePublishOpenAPI works for multiple CRDs of same group and version but"
                    + " different kinds")
    void kindsOfAVersionArePublished() {
        create(Definition.inGroup("kinds.example.com", "lefts", "Left"), "v1/Left");
        create(Definition.inGroup("kinds.example.com", "rights", "Right"), "v1/Left", "v1/Right");
    }

    @Test
    @Conformance(
            "[sig-api-machinery] CustomResourcePublishOpenAPI updates the published spec when one version gets renamed")
    void aVersionThatIsRenamedIsPublishedUnderItsNewName() {
        Definition renamed =
                create(Definition.named("renameds", "Renamed").version("v2", false, OPEN), "v1/Renamed", "v2/Renamed");
        cluster.edit(renamed.path(), definition -> ((ObjectNode) definition.at("/spec/versions/1")).put("name", "v4"));
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> published(renamed.group()).equals(List.of("v1/Renamed", "v4/Renamed")));
    }

    @Test
    @Conformance("[sig-api-machinery] CustomResourcePublishOpenAPI removes definition from spec when one version gets"
            + " changed to not be served")
    void aVersionThatIsNoLongerServedIsNoLongerPublished() {
        Definition shrinking = create(
                Definition.named("shrinkings", "Shrinking").version("v2", false, OPEN), "v1/Shrinking", "v2/Shrinking");
        cluster.edit(
                shrinking.path(), definition -> ((ObjectNode) definition.at("/spec/versions/1")).put("served", false));
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> published(shrinking.group()).equals(List.of("v1/Shrinking")));
    }
}
