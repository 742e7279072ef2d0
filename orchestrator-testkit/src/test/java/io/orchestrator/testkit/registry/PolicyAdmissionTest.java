package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.registry.Caller;
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
                "[{expression: 'size(object.data.k) < int(params.data.k)', messageExpression: 'params.metadata.name'}]",
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
                .hasMessageContaining("must evaluate to string or null_type");
        policy("[]", "auditAnnotations: [{key: size, valueExpression: 'object.data.missing'}]");
        binding("validationActions: [Deny]");
        assertThatThrownBy(() -> cluster.client.create(map("a", "b")))
                .hasMessageContaining("audit annotation 'size' resulted in error: no such key: missing");
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
