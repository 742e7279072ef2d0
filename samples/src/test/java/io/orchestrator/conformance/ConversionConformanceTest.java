package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.testkit.junit.Conformance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A kind whose first version has host and port in one field, and whose second has two. */
@Timeout(240)
class ConversionConformanceTest {
    private static HttpCluster cluster;
    private static Hooks hooks;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster("conversion", ClusterBuilder::localWebhooks);
        hooks = new Hooks().onConversion("/convert", ConversionConformanceTest::convert);
    }

    @AfterAll
    static void close() {
        cluster.close();
        hooks.close();
    }

    private static ObjectNode convert(ObjectNode object, String version) {
        ObjectNode converted = object.deepCopy();
        converted.put("apiVersion", version);
        if (version.endsWith("/v2") && object.has("hostPort")) {
            String[] parts = object.path("hostPort").asText().split(":");
            converted.remove("hostPort");
            converted.put("host", parts[0]).put("port", parts[1]);
        } else if (version.endsWith("/v1") && object.has("host")) {
            converted.remove(List.of("host", "port"));
            converted.put(
                    "hostPort",
                    object.path("host").asText() + ":" + object.path("port").asText());
        }
        return converted;
    }

    private static Definition define(String plural, String kind) {
        Definition definition = Definition.named(plural, kind)
                .version("v1", true, "{type: object, properties: {hostPort: {type: string}}}")
                .version("v2", false, "{type: object, properties: {host: {type: string}, port: {type: string}}}");
        ObjectNode spec = (ObjectNode) definition.manifest().path("spec");
        spec.put("preserveUnknownFields", false);
        spec.set(
                "conversion",
                HttpCluster.tree("{strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: "
                        + hooks.client("/convert") + "}}"));
        return definition.create(cluster);
    }

    @Test
    @Conformance("[sig-api-machinery] CustomResourceConversionWebhook should be able to convert from CR v1 to CR v2")
    void anObjectOfTheFirstVersionIsReadInTheSecond() {
        Definition made = define("endings", "Ending");
        cluster.create(made.objects("v1"), made.object("v1", "one", ", hostPort: 'localhost:8080'"));
        JsonNode second = cluster.get(made.objects("v2") + "/one").mustBe(200).json();
        assertThat(second.path("apiVersion").asText()).isEqualTo(made.group() + "/v2");
        assertThat(second.path("host").asText()).isEqualTo("localhost");
        assertThat(second.path("port").asText()).isEqualTo("8080");
        assertThat(second.has("hostPort")).isFalse();
    }

    @Test
    @Conformance(
            "[sig-api-machinery] CustomResourceConversionWebhook should be able to convert a non homogeneous list of"
                    + " CRs")
    void aListOfBothVersionsIsReadInEither() {
        Definition made = define("mixtures", "Mixture");
        cluster.create(made.objects("v1"), made.object("v1", "one", ", hostPort: 'localhost:8080'"));
        cluster.edit(
                made.path(),
                definition -> definition
                        .at("/spec/versions")
                        .forEach(version -> ((ObjectNode) version)
                                .put("storage", version.path("name").asText().equals("v2"))));
        cluster.create(made.objects("v2"), made.object("v2", "two", ", host: example, port: '9090'"));
        await().atMost(HttpCluster.PATIENCE)
                .untilAsserted(
                        () -> assertThat(cluster.get(made.objects("v2")).json().path("items"))
                                .hasSize(2));
        assertThat(texts(made, "v1", "/hostPort")).containsExactly("localhost:8080", "example:9090");
        assertThat(texts(made, "v2", "/host")).containsExactly("localhost", "example");
        assertThat(texts(made, "v2", "/port")).containsExactly("8080", "9090");
    }

    private static List<String> texts(Definition definition, String version, String pointer) {
        List<String> texts = new ArrayList<>();
        cluster.get(definition.objects(version))
                .mustBe(200)
                .json()
                .path("items")
                .forEach(item -> texts.add(item.at(pointer).asText()));
        return texts;
    }
}
