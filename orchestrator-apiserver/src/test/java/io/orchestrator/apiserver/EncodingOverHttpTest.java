package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.meta.Status;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.apiserver.ServedCluster.Answer;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.TypeMeta;
import io.orchestrator.core.codec.protobuf.ProtobufCodec;
import io.orchestrator.core.codec.yaml.YamlReader;
import io.orchestrator.core.schema.Schemas;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in YAML and in protobuf, for who asks for them alone or before JSON. */
@Timeout(60)
class EncodingOverHttpTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String YAML = "application/yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String METADATA = ";as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private static final ObjectCodec CODEC = new ObjectCodec(new Schemas());
    private static final ProtobufCodec MESSAGES = new ProtobufCodec(CODEC.schemas(), Limits.DEFAULT);

    private static ServedCluster served;

    @BeforeAll
    static void open() {
        served = new ServedCluster(ApiServer.onPort(0));
        served.client()
                .create(ConfigMap.named("there")
                        .label("tier", "web")
                        .data("answer", "yes")
                        .data("octal", "0644")
                        .data("day", "2020-01-02")
                        .data("lines", "a: b\n  # no comment\n")
                        .build());
        Answer defined = served.send("POST", DEFINITIONS, YAML, """
                metadata: {name: walls.made.example}
                spec:
                  group: made.example
                  scope: Namespaced
                  names: {plural: walls, kind: Wall}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """);
        assertThat(defined.code()).as(defined.text()).isEqualTo(201);
    }

    @AfterAll
    static void close() {
        served.close();
    }

    private static Answer get(String path, String accept) {
        return served.send(served.to(path).header("Accept", accept).build());
    }

    private static JsonNode yaml(Answer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo(YAML);
        return new YamlReader(Limits.YAML).document(answer.text());
    }

    private static TypeMeta kind(Answer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo(PROTOBUF);
        return MESSAGES.typeMeta(answer.response().body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MAPS + "/there",
                MAPS,
                MAPS + "?labelSelector=none",
                "/api/v1/namespaces",
                "/apis/rbac.authorization.k8s.io/v1/clusterroles",
                "/apis/made.example/v1/walls",
                DEFINITIONS + "/walls.made.example",
                "/api",
                "/apis",
                "/apis/apps",
                "/apis/apps/v1",
                "/api/v1/nothing"
            })
    void yamlSaysTheSameAsJson(String path) {
        JsonNode json = get(path, "application/json").json();
        Answer answer = get(path, YAML);
        assertThat(yaml(answer)).as(answer.text()).isEqualTo(CODEC.trees().parse(json.toString()));
    }

    @Test
    void yamlHasItsKeysInOrderAndQuotesWhatOthersWouldReadOtherwise() {
        assertThat(get(MAPS + "/there", YAML).text())
                .startsWith("apiVersion: v1\ndata:\n  answer: \"yes\"\n  day: \"2020-01-02\"\n  lines: |\n    a: b\n")
                .contains("  octal: \"0644\"\nkind: ConfigMap\nmetadata:\n  creationTimestamp: \"20");
        assertThat(get(MAPS + "?labelSelector=tier", YAML).text())
                .startsWith("apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n    answer: \"yes\"\n")
                .contains("\nkind: ConfigMapList\nmetadata:\n  resourceVersion: \"");
    }

    @Test
    void aTableCanBeHadInYaml() {
        JsonNode table = yaml(get(MAPS + "/there", YAML + ";as=Table;v=v1;g=meta.k8s.io"));
        assertThat(table.path("kind").asText()).isEqualTo("Table");
        assertThat(table.at("/rows/0/cells/0").asText()).isEqualTo("there");
    }

    @Test
    void protobufGivesTheObjectThatJsonGives() {
        Answer answer = get(MAPS + "/there", PROTOBUF);
        assertThat(kind(answer)).isEqualTo(new TypeMeta("v1", "ConfigMap"));
        assertThat(MESSAGES.read(answer.response().body(), ConfigMap.class).value())
                .isEqualTo(CODEC.decode(
                        get(MAPS + "/there", "application/json").response().body(), ConfigMap.class));
    }

    @Test
    void whatIsWrittenIsAnsweredInTheFormThatIsTaken() {
        ConfigMap map = ConfigMap.named("written").data("a", "b").build();
        Answer created = served.send(served.to(MAPS)
                .header("Accept", PROTOBUF)
                .header("Content-Type", PROTOBUF)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(MESSAGES.encode(map)))
                .build());
        assertThat(created.code()).isEqualTo(201);
        assertThat(MESSAGES.read(created.response().body(), ConfigMap.class)
                        .value()
                        .data())
                .containsEntry("a", "b");
        Answer deleted = served.send(
                served.to(MAPS + "/written").header("Accept", PROTOBUF).DELETE().build());
        assertThat(kind(deleted)).isEqualTo(new TypeMeta("v1", "Status"));
        assertThat(MESSAGES.read(deleted.response().body(), Status.class)
                        .value()
                        .status())
                .isEqualTo("Success");
    }

    @Test
    void errorsAreToldInTheFormThatIsTaken() {
        Answer missing = get(MAPS + "/missing", PROTOBUF);
        assertThat(missing.code()).isEqualTo(404);
        assertThat(kind(missing)).isEqualTo(new TypeMeta("v1", "Status"));
        assertThat(MESSAGES.read(missing.response().body(), Status.class)
                        .value()
                        .reason())
                .isEqualTo("NotFound");
        Answer html = get(MAPS + "/missing", "text/html");
        assertThat(html.code()).isEqualTo(406);
        assertThat(html.header("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json;q=0.5, application/yaml | application/yaml",
                "application/yaml;q=0.1, application/vnd.kubernetes.protobuf;q=0.2, text/html | " + PROTOBUF,
                "*/*, application/yaml | application/yaml",
                "text/html, application/xhtml+xml, */*;q=0.8 | application/json",
                "application/cbor, application/vnd.kubernetes.protobuf, application/json | " + PROTOBUF,
                "application/*;q=0.2, text/*;q=0.9 | application/json",
                "application/json;q=0, application/yaml;q=0.1 | application/yaml",
            })
    void theFormThatTheClientPrefersIsGiven(String accept, String given) {
        assertThat(get(MAPS + "/there", accept).header("Content-Type")).isEqualTo(given);
    }

    @Test
    void customResourcesHaveNoProtobufButTheirMetadataHas() {
        Answer made = served.send(
                "POST",
                "/apis/made.example/v1/namespaces/default/walls",
                YAML,
                "apiVersion: made.example/v1\nkind: Wall\nmetadata: {name: east}\nhigh: 3\n");
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        String path = "/apis/made.example/v1/namespaces/default/walls/east";
        assertThat(get(path, PROTOBUF).code()).isEqualTo(406);
        assertThat(get(path, PROTOBUF + ",application/json").header("Content-Type"))
                .isEqualTo("application/json");
        assertThat(kind(get(path, PROTOBUF + METADATA + "," + PROTOBUF)))
                .isEqualTo(new TypeMeta("meta.k8s.io/v1", "PartialObjectMetadata"));
        assertThat(kind(get("/apis/made.example/v1/walls", PROTOBUF + METADATA)))
                .isEqualTo(new TypeMeta("meta.k8s.io/v1", "PartialObjectMetadataList"));
        assertThat(yaml(get(path, YAML)).path("high").asInt()).isEqualTo(3);
    }

    private static Answer deleteAll(String path, String accept) {
        return served.send(served.to(path).header("Accept", accept).DELETE().build());
    }

    @Test
    void whatIsDeletedTogetherIsToldInTheFormThatIsTaken() {
        String walls = "/apis/made.example/v1/namespaces/default/walls";
        String wall = "apiVersion: made.example/v1\nkind: Wall\nmetadata: {name: %s, labels: {side: %s}}\nhigh: 3\n";
        for (String name : List.of("first", "second")) {
            served.send("POST", walls, YAML, wall.formatted(name, name));
            served.client()
                    .create(ConfigMap.named(name)
                            .label("side", name)
                            .data("a", "b")
                            .build());
        }
        Answer messages = deleteAll(walls + "?labelSelector=side%3Dfirst", PROTOBUF + METADATA);
        assertThat(messages.code()).isEqualTo(200);
        assertThat(kind(messages)).isEqualTo(new TypeMeta("meta.k8s.io/v1", "PartialObjectMetadataList"));
        assertThat(new String(messages.response().body(), StandardCharsets.ISO_8859_1))
                .contains("first");
        JsonNode metadata = deleteAll(MAPS + "?labelSelector=side%3Dfirst", "application/json" + METADATA)
                .json();
        assertThat(metadata.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
        assertThat(metadata.at("/items/0/metadata/name").asText()).isEqualTo("first");
        assertThat(metadata.at("/items/0").has("data")).isFalse();
        JsonNode table = deleteAll(
                        MAPS + "?labelSelector=side%3Dsecond", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .json();
        assertThat(table.at("/rows/0/cells/0").asText()).isEqualTo("second");
        assertThat(deleteAll(walls + "?labelSelector=side%3Dsecond", "application/json")
                        .json()
                        .at("/items/0/high")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aTableIsNoProtobuf() {
        String table = ";as=Table;v=v1;g=meta.k8s.io";
        assertThat(get(MAPS, PROTOBUF + table).code()).isEqualTo(406);
        assertThat(get(MAPS, PROTOBUF + table + ",application/json" + table)
                        .json()
                        .path("kind")
                        .asText())
                .isEqualTo("Table");
    }

    /** As kubectl top asks for them. */
    @Test
    void figuresComeInJsonToWhoWouldRatherHaveProtobuf() {
        assertThat(get("/apis/metrics.k8s.io/v1beta1/nodes", PROTOBUF + ",application/json")
                        .header("Content-Type"))
                .isEqualTo("application/json");
    }

    @Test
    void aWatchIsNoYaml() {
        assertThat(get(MAPS + "?watch=true&timeoutSeconds=1", YAML).code()).isEqualTo(406);
        assertThat(get(MAPS + "?watch=true&timeoutSeconds=1", YAML + ",application/json")
                        .code())
                .isEqualTo(406);
    }

    @Test
    void aWatchInProtobufIsOfFramesWithTheirLength() throws IOException {
        HttpResponse<InputStream> answer = ServedCluster.exchange(
                served.http(HttpClient.Version.HTTP_1_1),
                served.to(MAPS + "?watch=true&fieldSelector=metadata.name%3Dthere&sendInitialEvents=true"
                                + "&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan")
                        .header("Accept", PROTOBUF + ",application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type")).contains(PROTOBUF + ";stream=watch");
        try (DataInputStream frames = new DataInputStream(answer.body())) {
            byte[] added = frames.readNBytes(frames.readInt());
            // Field 1 is the type, field 2 holds the object's body as field 1.
            assertThat(new String(added, 0, 7, StandardCharsets.US_ASCII)).isEqualTo("\n\5ADDED");
            ConfigMap there = MESSAGES.read(bodyIn(added), ConfigMap.class).value();
            assertThat(there.metadata().name()).isEqualTo("there");
            byte[] mark = frames.readNBytes(frames.readInt());
            assertThat(new String(mark, 0, 10, StandardCharsets.US_ASCII)).isEqualTo("\n\10BOOKMARK");
            assertThat(MESSAGES.read(bodyIn(mark), ConfigMap.class)
                            .value()
                            .metadata()
                            .annotations())
                    .containsEntry("k8s.io/initial-events-end", "true");
        }
    }

    private static byte[] bodyIn(byte[] event) {
        String text = new String(event, StandardCharsets.ISO_8859_1);
        return text.substring(text.indexOf("k8s\0")).getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({"/api,APIVersions", "/apis,APIGroupList", "/apis/apps,APIGroup", "/apis/apps/v1,APIResourceList"})
    void discoveryComesInProtobufToo(String path, String kind) {
        assertThat(kind(get(path, PROTOBUF))).isEqualTo(new TypeMeta("v1", kind));
    }

    @Test
    void aggregatedDiscoveryComesInProtobufToo() {
        String type = PROTOBUF + ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        Answer answer = get("/apis", type + "," + PROTOBUF);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(MESSAGES.typeMeta(answer.response().body()))
                .isEqualTo(new TypeMeta("apidiscovery.k8s.io/v2", "APIGroupDiscoveryList"));
    }
}
