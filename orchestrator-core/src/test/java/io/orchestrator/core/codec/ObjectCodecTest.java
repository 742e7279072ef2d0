package io.orchestrator.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ListMeta;
import io.orchestrator.api.meta.ManagedFieldsEntry;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.schema.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectCodecTest {
    private final ObjectCodec codec = new ObjectCodec(new Schemas());

    @Test
    void anObjectIsWrittenAsGoWritesIt() {
        String text =
                "{\"spec\":{\"selector\":null,\"template\":{}},\"metadata\":{\"labels\":{\"b\":\"1\",\"a\":\"2\"},\"name\":\"web\"}}";
        assertThat(encoded(codec.decode(bytes(text), Deployment.class)))
                .isEqualTo("{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"metadata\":{\"name\":\"web\","
                        + "\"creationTimestamp\":null,\"labels\":{\"a\":\"2\",\"b\":\"1\"}},\"spec\":{"
                        + "\"template\":{\"metadata\":{\"creationTimestamp\":null},\"spec\":{\"containers\":null}},"
                        + "\"strategy\":{}},\"status\":{}}");
    }

    @Test
    void whatManyObjectsShareIsWrittenAlikeInEachOfThem() {
        for (String word : List.of("plain", "w\u00f6rtlich", "\uD83D\uDE00", "p\u00e4rtlich")) {
            RawJson fields = RawJson.of("{\"f:" + word.repeat(100) + "\":{}}");
            for (String name : List.of("one", "two", "three")) {
                ConfigMap map = ConfigMap.named(name).build();
                ConfigMap accounted = map.withMetadata(map.metadata()
                        .withManagedFields(
                                List.of(new ManagedFieldsEntry("us", "Update", "v1", null, "FieldsV1", fields, ""))));
                assertThat(encoded(accounted)).contains("\"name\":\"" + name + "\"", "\"fieldsV1\":" + fields.json());
                assertThat(codec.decode(codec.encode(accounted), ConfigMap.class))
                        .isEqualTo(accounted);
            }
        }
    }

    @Test
    void aStrictReaderLearnsOfUnknownAndDuplicateFieldsInOrder() {
        Decoded<Deployment> decoded = codec.read(
                bytes(
                        "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"spec\":{\"replicas\":1,\"foo\":{\"x\":[1]},"
                                + "\"replicas\":2,\"template\":{\"spec\":{\"containers\":[{},{\"Name\":\"x\"}]}}},"
                                + "\"metadata\":{\"labels\":{\"a\":\"1\",\"a\":\"2\"}}}"),
                Deployment.class);
        assertThat(decoded.problems())
                .containsExactly(
                        "unknown field \"spec.foo\"",
                        "duplicate field \"spec.replicas\"",
                        "unknown field \"spec.template.spec.containers[1].Name\"",
                        "duplicate field \"metadata.labels.a\"");
        assertThat(decoded.value().spec().replicas()).isEqualTo(2);
        assertThat(decoded.typeMeta()).isEqualTo(new TypeMeta("apps/v1", "Deployment"));
        assertThatThrownBy(() -> decoded.strict(codec.schemas().of(Deployment.class)))
                .hasMessageStartingWith(
                        "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding"
                                + " error: unknown field \"spec.foo\", duplicate field \"spec.replicas\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"spec\":{\"replicas\":\"x\"}}|json: cannot unmarshal string into Go struct field"
                        + " DeploymentSpec.spec.replicas of type int32",
                "{\"spec\":{\"replicas\":5000000000}}|number 5000000000 into Go struct field"
                        + " DeploymentSpec.spec.replicas of type int32",
                "{\"spec\":{\"replicas\":1.5}}|number 1.5 into",
                "{\"spec\":{\"replicas\":99999999999999999999}}|spec.replicas",
                "{\"spec\":[]}|array into Go struct field Deployment.spec of type v1.DeploymentSpec",
                "{\"metadata\":{\"labels\":{\"a\":1}}}|number into Go struct field ObjectMeta.metadata.labels.a of"
                        + " type string",
                "{\"metadata\":{\"creationTimestamp\":\"noon\"}}|metadata.creationTimestamp",
                "{\"metadata\":{\"name\":7}}|ObjectMeta.metadata.name of type string",
                "{\"kind\":1}|kind",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"memory\":\"abc\"}}}]}}}}|spec.template.spec.containers[0].resources.limits.memory",
                "[]|array into Go value of type v1.Deployment",
                "{|parse error",
                "{\"a\":}|parse error",
                "{} {}|after the top-level value"
            })
    void whatIsWrongIsNamedByItsPath(String text, String message) {
        assertThatThrownBy(() -> codec.decode(bytes(text), Deployment.class))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_REQUEST))
                .hasMessageContaining(message);
    }

    @Test
    void secretsThatAreNotBase64AreRefused() {
        assertThatThrownBy(() -> codec.decode(bytes("{\"data\":{\"k\":\"%%%\"}}"), Secret.class))
                .hasMessageStartingWith("Secret in version \"v1\" cannot be handled as a Secret: data.k: ");
    }

    @Test
    void hostileBodiesAreAnsweredAtOnce() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (String bomb : List.of(
                    "{\"metadata\":" + "[".repeat(100_000),
                    "{\"x\":" + "{\"x\":".repeat(100_000),
                    "{\"spec\":{\"replicas\":" + "9".repeat(1_000_000) + "}}")) {
                assertThatThrownBy(() -> codec.decode(bytes(bomb), Deployment.class))
                        .isInstanceOf(DecodeException.class);
            }
            StringBuilder unknown = new StringBuilder("{");
            for (int i = 0; i < 100_000; i++) {
                unknown.append("\"f").append(i).append("\":1,");
            }
            assertThat(codec.read(bytes(unknown.append("\"z\":1}").toString()), Deployment.class)
                            .problems())
                    .hasSize(100);
        });
    }

    @Test
    void aBodyAboveTheLimitIsTooLarge() {
        assertThatThrownBy(() -> codec.decode(new byte[Limits.DEFAULT.bodyBytes() + 1], ConfigMap.class))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REQUEST_ENTITY_TOO_LARGE));
    }

    @Test
    void aTreeSaysWhatTheBytesSay() {
        Service service = codec.decode(
                bytes("{\"metadata\":{\"name\":\"s\",\"managedFields\":[{\"manager\":\"m\",\"fieldsV1\":{\"f:a\": {}"
                        + " }}]},\"spec\":{\"ports\":[{\"port\":80,\"targetPort\":\"http\"}]}}"),
                Service.class);
        byte[] json = codec.encode(service);
        assertThat(codec.toTree(service)).isEqualTo(codec.trees().parse(json));
        assertThat(codec.read(codec.toTree(service), Service.class).value()).isEqualTo(service);
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"fieldsV1\":{\"f:a\":{}}");
    }

    @Test
    void listsAndEventsAreMadeAroundTheBytesOfTheirObjects() throws IOException {
        byte[] item = codec.encode(codec.decode(bytes("{\"data\":{\"k\":\"v\"}}"), ConfigMap.class));
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        new ListBody(codec)
                .write(
                        "v1",
                        "ConfigMapList",
                        ListMeta.EMPTY.with(m -> m.resourceVersion("7")),
                        List.of(item, item),
                        list);
        assertThat(codec.trees().parse(list.toByteArray()).toString())
                .startsWith(
                        "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\"},"
                                + "\"items\":[{\"kind\":\"ConfigMap\"");
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        WatchBody.write("ADDED", item, event);
        assertThat(event.toString(StandardCharsets.UTF_8))
                .startsWith("{\"type\":\"ADDED\",\"object\":{")
                .endsWith("}}\n");
    }

    @Test
    void theKindOfABodyIsFoundWhereverItStands() {
        assertThat(codec.typeMeta(
                        bytes("{\"spec\":{\"kind\":\"No\"},\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\"}")))
                .isEqualTo(new TypeMeta("apps/v1", "Deployment"));
    }

    private String encoded(Object object) {
        return new String(codec.encode(object), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
