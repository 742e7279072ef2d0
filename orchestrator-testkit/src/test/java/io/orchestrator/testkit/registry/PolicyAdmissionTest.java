package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.registry.Caller;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies in CEL, in force where a binding says so. */
class PolicyAdmissionTest {
    private final RegistryFixture cluster = new RegistryFixture();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void write(String yaml) {
        for (Resource object : Manifests.builtIn().read(yaml)) {
            cluster.client.create(object);
        }
        cluster.settle();
    }

    /** A policy on config maps. @param more further fields of its spec */
    private void policy(String validations, String more) {
        write("""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: short}
            spec:
              matchConstraints:
                resourceRules:
                - {apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["configmaps"]}
              validations: %s
              %s
            """.formatted(validations, more));
    }

    private void binding(String spec) {
        write("""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: everywhere}
            spec: {policyName: short, %s}
            """.formatted(spec));
    }

    private static ConfigMap map(String name, String value) {
        return ConfigMap.named(name).data("k", value).build();
    }

    @Test
    void brokenRuleDeniesWithItsMessageAndReason() {
        policy(
                "[{expression: 'object == null || size(object.data.k) < 4', reason: Forbidden,"
                        + " messageExpression: '\"not \" + object.data.k'}]",
                "");
        cluster.client.create(map("before", "longer"));
        binding("validationActions: [Deny]");

        cluster.client.create(map("short", "abc"));
        assertThatThrownBy(() -> cluster.client.create(map("long", "abcdef")))
                .isInstanceOf(ApiException.class)
                .hasMessage("configmaps \"long\" is forbidden: ValidatingAdmissionPolicy 'short' with binding "
                        + "'everywhere' denied request: not abcdef")
                .satisfies(e -> {
                    ApiException refusal = (ApiException) e;
                    assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
                    // The cause is what kubectl prints of an invalid object: it must say who refused.
                    assertThat(refusal.causes())
                            .singleElement()
                            .satisfies(cause -> assertThat(cause.message())
                                    .isEqualTo("ValidatingAdmissionPolicy 'short' with binding 'everywhere' denied"
                                            + " request: not abcdef"));
                });
        cluster.client.configMaps().delete("before", DeleteOptions.defaults());
    }

    @Test
    void warningLetsTheRequestPass() {
        policy("[{expression: 'false', message: never}]", "");
        binding("validationActions: [Warn, Audit]");

        cluster.client.create(map("a", "b"));

        assertThat(cluster.warnings)
                .containsExactly(
                        "Validation failed for ValidatingAdmissionPolicy 'short' with binding 'everywhere': never");
    }

    @Test
    void variablesAndConditionsSeeTheRequest() {
        policy(
                "[{expression: 'variables.size < variables.limit', message: too long}]",
                "variables: [{name: limit, expression: '3'}, {name: size, expression: 'size(object.data.k)'}]\n"
                        + "  matchConditions: [{name: others, expression: 'request.userInfo.username != \"bob\" && "
                        + "request.operation == \"CREATE\"'}]");
        binding("validationActions: [Deny]");

        assertThatThrownBy(() -> cluster.client.create(map("a", "abcd"))).hasMessageContaining("too long");
        cluster.client.create(map("a", "ab"));
        cluster.client.configMaps().edit("a", each -> each.withData(Map.of("k", "abcdef")));
    }

    @Test
    void parametersComeFromTheObjectThatTheBindingNames() {
        cluster.client.create(map("limits", "3"));
        policy(
                "[{expression: 'size(object.data.k) < int(params.data.k)'}]",
                "paramKind: {apiVersion: v1, kind: ConfigMap}");
        binding("validationActions: [Deny], paramRef: {name: limits, namespace: default,"
                + " parameterNotFoundAction: Deny}");

        cluster.client.create(map("a", "ab"));
        assertThatThrownBy(() -> cluster.client.create(map("b", "abc")))
                .hasMessageContaining("failed expression: size(object.data.k) < int(params.data.k)");
    }

    @Test
    void conditionsSeeTheParametersThatThereAre() {
        cluster.client.create(map("limits", "exempt"));
        assertThatThrownBy(() -> policy(
                        "[{expression: 'false'}]",
                        "matchConditions: [{name: others, expression: 'object.metadata.name != params.data.k'}]"))
                .hasMessageContaining("undeclared reference to 'params'");
        policy(
                "[{expression: 'false', message: never}]",
                "paramKind: {apiVersion: v1, kind: ConfigMap}\n"
                        + "  matchConditions: [{name: others, expression: 'object.metadata.name != params.data.k'}]");
        binding("validationActions: [Deny], paramRef: {name: limits, namespace: default,"
                + " parameterNotFoundAction: Deny}");

        cluster.client.create(map("exempt", "a"));
        assertThatThrownBy(() -> cluster.client.create(map("other", "a"))).hasMessageContaining("never");
    }

    @Test
    void bindingSelectsNamespacesByTheirLabels() {
        write("apiVersion: v1\nkind: Namespace\nmetadata: {name: strict, labels: {mode: strict}}\n");
        policy("[{expression: 'false', message: never}]", "");
        binding("validationActions: [Deny], matchResources: {namespaceSelector: {matchLabels: {mode: strict}}}");

        cluster.client.create(map("a", "b"));
        assertThatThrownBy(() -> cluster.client.inNamespace("strict").create(map("a", "b")))
                .hasMessageContaining("never");
        assertThat(cluster.client
                        .resources(Namespace.TYPE)
                        .get("strict")
                        .metadata()
                        .labels())
                .containsEntry("mode", "strict");
    }

    @Test
    void ruleThatFailsDeniesUnlessFailuresAreIgnored() {
        policy("[{expression: 'object.data.missing == \"x\"'}]", "failurePolicy: Fail");
        binding("validationActions: [Deny]");
        assertThatThrownBy(() -> cluster.client.create(map("a", "b"))).hasMessageContaining("no such key: missing");

        cluster.client
                .resources(io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy.TYPE)
                .edit("short", each -> each.withSpec(each.spec().withFailurePolicy("Ignore")));
        cluster.settle();
        cluster.client.create(map("a", "b"));
    }

    @Test
    void policyThatDoesNotCompileIsRefused() {
        assertThatThrownBy(() -> policy("[{expression: 'object.'}]", ""))
                .hasMessageContaining("spec.validations[0].expression")
                .hasMessageContaining("compilation failed");
    }

    @Test
    void policyWhoseParametersAreMissingDeniesWhateverTheBindingSays() {
        policy("[{expression: 'true'}]", "paramKind: {apiVersion: v1, kind: ConfigMap}");
        binding(
                "validationActions: [Warn], paramRef: {name: nowhere, namespace: other, parameterNotFoundAction: Deny}");

        assertThatThrownBy(() -> cluster.client.create(map("a", "b")))
                .hasMessageContaining("failed to configure binding: no params found for policy binding with `Deny`"
                        + " parameterNotFoundAction");
    }

    @Test
    void whereParametersMayBeMissingNothingIsJudged() {
        policy("[{expression: 'false'}]", "paramKind: {apiVersion: v1, kind: ConfigMap}");
        binding(
                "validationActions: [Deny], paramRef: {selector: {matchLabels: {a: b}}, parameterNotFoundAction: Allow}");

        cluster.client.create(map("a", "b"));
    }

    @Test
    void everyObjectThatIsSelectedForParametersIsAsked() {
        write("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wide, labels: {for: limits}}\ndata: {k: '9'}\n---\n"
                + "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: narrow, labels: {for: limits}}\ndata: {k: '3'}\n");
        policy(
                "[{expression: 'size(object.data.k) < int(params.data.k)', messageExpression: 'string(params.metadata.name)'}]",
                "paramKind: {apiVersion: v1, kind: ConfigMap}");
        binding("validationActions: [Deny], paramRef: {selector: {matchLabels: {for: limits}},"
                + " parameterNotFoundAction: Deny}");

        assertThatThrownBy(() -> cluster.client.create(map("a", "abcd")))
                .hasMessageContaining("denied request: narrow");
        cluster.client.create(map("a", "ab"));
    }

    @Test
    void warningsAreGivenThoughAnotherBindingDenies() {
        policy("[{expression: 'false', message: never}]", "");
        binding("validationActions: [Deny]");
        write("""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: later}
            spec: {policyName: short, validationActions: [Warn]}
            """);

        assertThatThrownBy(() -> cluster.client.create(map("a", "b"))).hasMessageContaining("'everywhere'");
        assertThat(cluster.warnings).singleElement().asString().contains("'later'");
    }

    @Test
    void annotationForTheAuditMustBeATextUnderAName() {
        assertThatThrownBy(() -> policy("[]", "auditAnnotations: [{key: 'not a key', valueExpression: '1'}]"))
                .hasMessageContaining("spec.auditAnnotations[0].key")
                .hasMessageContaining("must evaluate to one of [string null_type] but got int");
        policy("[]", "auditAnnotations: [{key: size, valueExpression: 'object.data.missing'}]");
        binding("validationActions: [Deny]");
        assertThatThrownBy(() -> cluster.client.create(map("a", "b")))
                .hasMessageContaining("expression 'object.data.missing' resulted in error: no such key: missing");
    }

    @Test
    void rulesAskWhoMayDoWhat() {
        policy(
                "[{expression: 'authorizer.group(\"apps\").resource(\"deployments\").namespace(\"prod\")"
                        + ".check(\"delete\").allowed()', messageExpression: '\"by \" + request.userInfo.username'},"
                        + " {expression: 'authorizer.requestResource.check(\"update\").allowed()', message: own},"
                        + " {expression: 'authorizer.group(\"\").resource(\"pods\").subresource(\"exec\").name(\"a\")"
                        + ".check(\"get\").errored() || authorizer.path(\"/healthz\").check(\"get\").allowed()',"
                        + " message: path},"
                        + " {expression: '!authorizer.serviceAccount(\"default\", \"none\").path(\"/healthz\")"
                        + ".check(\"get\").allowed()', message: account}]",
                "matchConditions: [{name: known, expression: 'authorizer.path(\"/x\").check(\"get\").reason() == \"\"'}]");
        binding("validationActions: [Deny]");

        // Alice may nothing of it; a component of the control plane may everything.
        assertThatThrownBy(() -> cluster.client.create(map("a", "b"))).hasMessageContaining("denied request: by alice");
        cluster.registry.create(
                Target.collection(ConfigMap.TYPE, "default"),
                map("a", "b"),
                WriteOptions.defaults(),
                Caller.system("scheduler"));
    }

    /** Each of these costs 700,000 of the million that an expression may. */
    private static String askingTwice(int times) {
        String rule = "{expression: 'authorizer.path(\"/a\").check(\"get\").reason() == \"\" &&"
                + " authorizer.path(\"/b\").check(\"get\").reason() == \"\"'}";
        return "[" + String.join(", ", Collections.nCopies(times, rule)) + "]";
    }

    @Test
    void ruleThatCostsTooMuchGivesNoAnswer() {
        String thrice =
                String.join(" && ", Collections.nCopies(3, "authorizer.path(\"/a\").check(\"get\").reason() == \"\""));
        policy("[{expression: '" + thrice + "'}]", "");
        binding("validationActions: [Deny]");

        assertThatThrownBy(() -> cluster.client.create(map("a", "b")))
                .hasMessageContaining("denied request: expression '" + thrice
                        + "' resulted in error: operation cancelled: actual cost limit exceeded");
    }

    @Test
    void rulesThatCostTooMuchTogetherGiveNoAnswer() {
        policy(askingTwice(14), "");
        binding("validationActions: [Deny]");
        cluster.client.create(map("a", "b"));

        cluster.client.resources(ValidatingAdmissionPolicy.TYPE).delete("short");
        policy(askingTwice(15), "");
        cluster.settle();
        assertThatThrownBy(() -> cluster.client.create(map("b", "b")))
                .hasMessageContaining("denied request: validation failed due to running out of cost budget, no further"
                        + " validation rules will be run");

        cluster.client.resources(ValidatingAdmissionPolicy.TYPE).delete("short");
        policy(askingTwice(15), "failurePolicy: Ignore");
        cluster.client.create(map("b", "b"));
    }

    @Test
    void conditionsMayCostAQuarterOfWhatRulesMay() {
        String conditions = askingTwice(4).replace("{expression", "{name: x, expression");
        for (int i = 0; i < 4; i++) {
            conditions = conditions.replaceFirst("name: x,", "name: n" + i + ",");
        }
        policy("[{expression: 'true'}]", "matchConditions: " + conditions);
        binding("validationActions: [Deny]");

        assertThatThrownBy(() -> cluster.client.create(map("a", "b")))
                .hasMessageContaining("denied request: validation failed due to running out of cost budget");
    }

    @Test
    void expressionsMustFitWhatIsKnownOfRequestsAndVariables() {
        assertThatThrownBy(() -> policy("[{expression: 'object.data.k'}]", ""))
                .hasMessageContaining(
                        "spec.validations[0].expression: Invalid value: \"object.data.k\": must evaluate to"
                                + " bool but got dyn");
        assertThatThrownBy(() -> policy("[{expression: 'request.usrInfo.username == \"a\"'}]", ""))
                .hasMessageContaining("compilation failed: ERROR: <input>:1:8: undefined field 'usrInfo'");
        assertThatThrownBy(() -> policy("[{expression: 'params.x == 1'}]", ""))
                .hasMessageContaining("undeclared reference to 'params'");
        assertThatThrownBy(() -> policy("[{expression: 'variables.x == 1'}]", ""))
                .hasMessageContaining("undeclared reference to 'variables'");
        assertThatThrownBy(() -> policy(
                        "[{expression: 'variables.x > 1'}, {expression: 'variables.y > 1'}]",
                        "variables: [{name: x, expression: '\"a\"'}]"))
                .hasMessageContaining("found no matching overload for '_>_' applied to '(string, int)'")
                .hasMessageContaining("undefined field 'y'");
        assertThatThrownBy(() -> policy(
                        "[{expression: 'true'}]",
                        "variables: [{name: x, expression: 'variables.z'}, {name: z, expression: '1'}]"))
                .hasMessageContaining("spec.variables[0].expression")
                .hasMessageContaining("undefined field 'z'");
    }

    @Test
    void literalsThatMeanNothingAreRefusedWhereTheyStand() {
        assertThatThrownBy(() -> policy("[{expression: 'object.data.k.matches(\"[\")'}]", ""))
                .hasMessageContaining("compilation failed: ERROR: <input>:1:23: invalid matches argument\n"
                        + " | object.data.k.matches(\"[\")\n | ......................^");
        assertThatThrownBy(() -> policy("[{expression: 'duration(\"1 day\") < duration(\"2h\")'}]", ""))
                .hasMessageContaining("<input>:1:10: invalid duration argument");
        assertThatThrownBy(() -> policy("[{expression: 'timestamp(\"tomorrow\") < request.options.at'}]", ""))
                .hasMessageContaining("<input>:1:11: invalid timestamp argument");
        policy(
                "[{expression: 'object.data.k.matches(\"^a\") || duration(\"1h30m\") < duration(\"2h\")"
                        + " || timestamp(\"2026-01-01T00:00:00Z\") < timestamp(object.data.k)'}]",
                "");
    }

    @Test
    void variableThatFailsIsNamed() {
        policy("[{expression: 'variables.size > 1'}]", "variables: [{name: size, expression: 'object.data.size'}]");
        binding("validationActions: [Deny]");

        assertThatThrownBy(() -> cluster.client.create(map("a", "b")))
                .hasMessageContaining(
                        "expression 'variables.size > 1' resulted in error: composited variable \"size\" fails"
                                + " to evaluate: no such key: size");
    }

    @Test
    void messagesDoNotTellWhoMayDoWhat() {
        assertThatThrownBy(() -> policy(
                        "[{expression: 'true', messageExpression: 'authorizer.path(\"/x\").check(\"get\").reason()'}]",
                        ""))
                .hasMessageContaining("spec.validations[0].messageExpression")
                .hasMessageContaining("undeclared reference to 'authorizer'");
    }

    @Test
    void subresourceIsJudgedByItsOwnObject() {
        cluster.client.create(
                Deployment.named("web").replicas(1).container("web", "nginx").build());
        write("""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: short}
            spec:
              matchConstraints:
                resourceRules:
                - {apiGroups: [apps], apiVersions: [v1], operations: [UPDATE], resources: [deployments/scale]}
              validations:
              - expression: 'object.kind == "Scale" && request.kind.kind == "Scale" && oldObject.spec.replicas == 1'
              - {expression: 'object.spec.replicas <= 3', message: too many}
            """);
        binding("validationActions: [Deny]");

        cluster.client.deployments().scale("web", 1);
        assertThatThrownBy(() -> cluster.client.deployments().scale("web", 4)).hasMessageContaining("too many");
        cluster.client.deployments().scale("web", 3);
        assertThatThrownBy(() -> cluster.client.deployments().scale("web", 2))
                .hasMessageContaining("failed expression: object.kind");
        assertThat(cluster.client.deployments().get("web").spec().replicas()).isEqualTo(3);
    }

    @Test
    void actionIsJudgedByWhatIsPosted() {
        write("""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: short}
            spec:
              matchConstraints:
                resourceRules:
                - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods/binding, pods/eviction]}
              validations:
              - {expression: 'object.kind == "Eviction" || object.target.name != "bad"', message: bad node}
              - {expression: 'object.kind == "Binding" || object.metadata.name != "kept"', message: it stays}
            """);
        binding("validationActions: [Deny]");
        cluster.client.create(Pod.named("kept").container("web", "nginx").build());
        cluster.client.create(Pod.named("free").container("web", "nginx").build());

        assertThatThrownBy(() -> bind("kept", "bad")).hasMessageContaining("bad node");
        bind("kept", "good");
        assertThatThrownBy(() -> evict("kept")).hasMessageContaining("it stays");
        evict("free");
        assertThat(cluster.client.pods().find("free")).isEmpty();
    }

    private void bind(String pod, String node) {
        Resource binding = Manifests.builtIn()
                .read("{apiVersion: v1, kind: Binding, metadata: {name: %s}, target: {kind: Node, name: %s}}"
                        .formatted(pod, node))
                .get(0);
        post(pod, "binding", binding);
    }

    private void evict(String pod) {
        post(
                pod,
                "eviction",
                Manifests.builtIn()
                        .read("{apiVersion: policy/v1, kind: Eviction, metadata: {name: %s}}".formatted(pod))
                        .get(0));
    }

    private void post(String pod, String subresource, Resource body) {
        cluster.registry.create(
                Target.object(Pod.TYPE, "default", pod).subresource(subresource),
                body,
                WriteOptions.defaults(),
                cluster.caller);
    }
}
