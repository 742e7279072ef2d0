package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.conformance.HttpCluster.Answer;
import io.orchestrator.testkit.junit.Conformance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class FieldValidationConformanceTest {
    private static final String STRICT = "?fieldValidation=Strict";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String PRESERVING = "{type: object, x-kubernetes-preserve-unknown-fields: true}";
    private static final String SCHEMA = """
            type: object
            properties:
              spec:
                type: object
                properties:
                  cronSpec: {type: string, pattern: '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$'}
                  foo: {type: string}
                  ports:
                    type: array
                    x-kubernetes-list-type: map
                    x-kubernetes-list-map-keys: [containerPort, protocol]
                    items:
                      type: object
                      required: [containerPort, protocol]
                      properties: {containerPort: {type: integer}, protocol: {type: string}}
            """;

    private static HttpCluster cluster;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster("fields");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    @Conformance("[sig-api-machinery] FieldValidation should detect unknown and duplicate fields of a typed object")
    void everyFieldThatIsUnknownOrThereTwiceIsNamed() {
        Answer answer = raw("POST", DEPLOYMENTS + STRICT, "application/json", """
                {"apiVersion": "apps/v1", "kind": "Deployment",
                 "metadata": {"name": "typed", "labels": {"app": "nginx"}},
                 "spec": {
                   "unknown1": "val1",
                   "unknownDupe": "valDupe",
                   "unknownDupe": "valDupe2",
                   "paused": true,
                   "paused": false,
                   "selector": {"matchLabels": {"app": "nginx"}},
                   "template": {
                     "metadata": {"labels": {"app": "nginx"}},
                     "spec": {"containers": [{
                       "name": "nginx", "image": "nginx:latest",
                       "unknownNested": "val1",
                       "unknownNestedDupe": "valDupe",
                       "unknownNestedDupe": "valDupe2",
                       "imagePullPolicy": "Always",
                       "imagePullPolicy": "Never"}]}}}}
                """);
        answer.mustBe(400);
        assertThat(answer.message())
                .isEqualTo("Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error:"
                        + " unknown field \"spec.unknown1\", unknown field \"spec.unknownDupe\", duplicate field"
                        + " \"spec.paused\", unknown field \"spec.template.spec.containers[0].unknownNested\","
                        + " unknown field \"spec.template.spec.containers[0].unknownNestedDupe\", duplicate field"
                        + " \"spec.template.spec.containers[0].imagePullPolicy\"");
    }

    @Test
    @Conformance("[sig-api-machinery] FieldValidation should detect unknown metadata fields of a typed object")
    void unknownFieldsOfTheMetadataAreNamed() {
        Answer answer = cluster.post(DEPLOYMENTS + STRICT, """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: metadata, unknownMeta: foo, labels: {app: nginx}}
                spec:
                  selector: {matchLabels: {app: nginx}}
                  template:
                    metadata: {labels: {app: nginx}, unknownMetaPod: bar}
                    spec: {containers: [{name: nginx, image: nginx}]}
                """);
        answer.mustBe(400);
        assertThat(answer.message())
                .contains("unknown field \"metadata.unknownMeta\"")
                .contains("unknown field \"spec.template.metadata.unknownMetaPod\"");
    }

    @Test
    @Conformance("[sig-api-machinery] FieldValidation should create/apply a CR with unknown fields for CRD with no"
            + " validation schema")
    void nothingIsUnknownWhereNothingIsSaid() {
        Definition open = Definition.named("opens", "Open").create(cluster);
        String more = ", spec: {foo: foo1, cronSpec: '* * * * */5', ports: [{name: x, containerPort: 80}]}";
        cluster.post(open.objects("v1") + STRICT, open.object("v1", "posted", more))
                .mustBe(201);
        apply(open, "applied", more).mustBe(201);
    }

    @Test
    @Conformance("[sig-api-machinery] FieldValidation should create/apply a valid CR for CRD with validation schema")
    void whatTheSchemaKnowsIsTaken() {
        Definition known =
                Definition.named("knowns", "Known").version("v1", true, SCHEMA).create(cluster);
        String more = ", spec: {foo: foo1, cronSpec: '* * * * */5', ports: [{containerPort: 80, protocol: TCP}]}";
        cluster.post(known.objects("v1") + STRICT, known.object("v1", "posted", more))
                .mustBe(201);
        apply(known, "applied", more).mustBe(201);
    }

    @Test
    @Conformance(
            "[sig-api-machinery] FieldValidation should create/apply an invalid CR with extra properties for CRD with"
                    + " validation schema")
    void whatTheSchemaDoesNotKnowIsNamed() {
        Definition strict = Definition.named("stricts", "Strict")
                .version("v1", true, SCHEMA)
                .create(cluster);
        String more = ", spec: {unknownField: x, foo: foo1, cronSpec: '* * * * */5',"
                + " ports: [{containerPort: 80, protocol: TCP, unknownNested: 1}]}";
        Answer posted = cluster.post(strict.objects("v1") + STRICT, strict.object("v1", "posted", more));
        assertThat(posted.mustBe(400).message())
                .contains("unknown field \"spec.unknownField\"")
                .contains("unknown field \"spec.ports[0].unknownNested\"");
        Answer duplicated = raw(
                "POST",
                strict.objects("v1") + STRICT,
                "application/json",
                "{\"apiVersion\":\"%s/v1\",\"kind\":\"Strict\",\"metadata\":{\"name\":\"twice\"},\"spec\":{\"foo\":\"a\",\"foo\":\"b\"}}"
                        .formatted(strict.group()));
        assertThat(duplicated.mustBe(400).message()).contains("duplicate field \"spec.foo\"");
        Answer applied = apply(strict, "applied", more);
        assertThat(applied.code()).as(applied.text()).isEqualTo(400);
        assertThat(applied.message()).contains("unknownField");
        cluster.post(strict.objects("v1") + "?fieldValidation=Ignore", strict.object("v1", "pruned", more))
                .mustBe(201);
        assertThat(cluster.get(strict.objects("v1") + "/pruned")
                        .json()
                        .at("/spec")
                        .has("unknownField"))
                .isFalse();
    }

    @Test
    @Conformance(
            "[sig-api-machinery] FieldValidation should detect unknown metadata fields in both the root and embedded"
                    + " object of a CR")
    void unknownMetadataIsNamedInTheObjectAndInThoseWithin() {
        Definition nesting =
                Definition.named("nestings", "Nesting").version("v1", true, """
                        type: object
                        x-kubernetes-preserve-unknown-fields: true
                        properties:
                          spec:
                            type: object
                            x-kubernetes-preserve-unknown-fields: true
                            properties:
                              template:
                                type: object
                                x-kubernetes-embedded-resource: true
                                x-kubernetes-preserve-unknown-fields: true
                        """).create(cluster);
        Answer answer = cluster.post(nesting.objects("v1") + STRICT, """
                apiVersion: %s/v1
                kind: Nesting
                metadata: {name: nested, unknownMeta: unknown}
                spec: {template: {apiVersion: foo/v1, kind: Sub, metadata: {name: sub, unknownSubMeta: unknown}}}
                """.formatted(nesting.group()));
        assertThat(answer.mustBe(400).message())
                .contains("unknown field \"metadata.unknownMeta\"")
                .contains("unknown field \"spec.template.metadata.unknownSubMeta\"");
    }

    @Test
    @Conformance("[sig-api-machinery] FieldValidation should detect duplicates in a CR when preserving unknown fields")
    void whatIsThereTwiceIsNamedEvenWhereNothingIsUnknown() {
        Definition open = Definition.named("doubles", "Double")
                .version("v1", true, PRESERVING)
                .create(cluster);
        Answer posted = raw(
                "POST",
                open.objects("v1") + STRICT,
                "application/json",
                ("{\"apiVersion\":\"%s/v1\",\"kind\":\"Double\",\"metadata\":{\"name\":\"twice\"},"
                                + "\"spec\":{\"unknown\":\"a\",\"foo\":\"b\",\"foo\":\"c\"}}")
                        .formatted(open.group()));
        assertThat(posted.mustBe(400).message()).contains("duplicate field \"spec.foo\"");
        Answer applied = raw(
                "PATCH",
                open.objects("v1") + "/twice" + STRICT + "&fieldManager=test",
                HttpCluster.APPLY,
                "apiVersion: %s/v1\nkind: Double\nmetadata: {name: twice}\nspec:\n  unknown: a\n  foo: b\n  foo: c\n"
                        .formatted(open.group()));
        assertThat(applied.mustBe(400).message()).contains("foo");
    }

    private static Answer apply(Definition definition, String name, String more) {
        return cluster.patch(
                definition.objects("v1") + "/" + name + STRICT + "&fieldManager=test",
                HttpCluster.APPLY,
                definition.object("v1", name, more));
    }

    private static Answer raw(String method, String path, String type, String body) {
        return cluster.write(method, path, type, "!" + body);
    }
}
