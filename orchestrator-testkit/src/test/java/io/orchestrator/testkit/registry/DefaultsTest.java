package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.yaml.YamlReader;
import io.orchestrator.core.schema.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** New objects of many kinds, field by field, beside what Kubernetes makes of them: {@code defaults.yaml}. */
class DefaultsTest {
    private static final String ANY = "*";
    private static final Set<String> NOT_COMPARED = Set.of("apiVersion", "kind", "metadata", "status");

    private final RegistryFixture cluster = new RegistryFixture();
    private final ObjectCodec codec = new ObjectCodec(new Schemas());

    @AfterEach
    void close() {
        cluster.close();
    }

    static Stream<JsonNode> objects() {
        try (InputStream file = DefaultsTest.class.getResourceAsStream("/registry/defaults.yaml")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return StreamSupport.stream(
                    new YamlReader(Limits.YAML).document(text).spliterator(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("objects")
    void whatIsLeftOutIsFilledInAsKubernetesDoes(JsonNode example) {
        JsonNode given = example.path("given");
        JsonNode expected = example.path("becomes");
        Posting posting = new Posting(cluster);
        ObjectNode created = (ObjectNode) codec.toTree(posting.create(given.toString()));
        NOT_COMPARED.stream().filter(field -> !expected.has(field)).forEach(created::remove);

        Map<String, String> wanted = fields(expected);
        Map<String, String> found = fields(created);
        wanted.forEach((field, value) -> found.replaceAll(
                (name, text) -> name.equals(field) && value.equals(ANY) && !text.equals("{}") ? ANY : text));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(wanted);
    }

    /** Every value with the path to it; what is null is as what is not there. */
    private static Map<String, String> fields(JsonNode object) {
        Map<String, String> fields = new TreeMap<>();
        collect(object, "", fields);
        return fields;
    }

    private static void collect(JsonNode node, String path, Map<String, String> fields) {
        if (node.isNull()) {
            return;
        }
        if (node.isValueNode()) {
            fields.put(path, node.isTextual() ? node.asText() : node.toString());
        } else if (node.isEmpty() && !path.endsWith("/metadata")) {
            fields.put(path, node.toString());
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), path + "/" + i, fields);
            }
        } else {
            node.properties().forEach(field -> collect(field.getValue(), path + "/" + field.getKey(), fields));
        }
    }
}
