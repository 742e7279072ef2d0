package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.codec.Manifests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policies see objects in the version that their rules name, whatever version is stored or asked for. */
class PolicyVersionsTest {
    private static final ResourceType<Unstructured> V1 =
            ResourceType.unstructured("example.com", "v1", "Cup", "cups", true);
    private static final ResourceType<Unstructured> V2 =
            ResourceType.unstructured("example.com", "v2", "Cup", "cups", true);

    private final RegistryFixture cluster = new RegistryFixture();
    private final Posting posting = new Posting(cluster);

    @BeforeEach
    void define() {
        write("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: cups.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: cups, kind: Cup}
              versions:
              - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
              - {name: v2, served: true, storage: false, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
            """);
    }

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

    private void policy(String matchPolicy, String group, String version, String resource, String rule) {
        write("""
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: versions}
            spec:
              matchConstraints:
                matchPolicy: %s
                resourceRules:
                - {apiGroups: [%s], apiVersions: [%s], operations: ["*"], resources: [%s]}
              validations: [{expression: "%s", message: broken}]
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: everywhere}
            spec: {policyName: versions, validationActions: [Deny]}
            """.formatted(matchPolicy, group, version, resource, rule));
    }

    private void cup(String name, ResourceType<Unstructured> type) {
        cluster.client.resources(type).create(Unstructured.of(type, name).with("size", 3L));
    }

    @Test
    void whatIsPostedInOneVersionIsJudgedInTheOtherThatTheRuleNames() {
        policy(
                "Equivalent",
                "example.com",
                "v1",
                "cups",
                "object.apiVersion == 'example.com/v1' && request.resource.version == 'v1'"
                        + " && request.requestResource.version == 'v2' && object.size == 3");

        cup("a", V2);
        // Asked for as the rule has it: then the last part does not hold.
        assertThatThrownBy(() -> cup("b", V1)).hasMessageContaining("broken");
    }

    @Test
    void whatIsStoredInOneVersionIsJudgedInTheOtherThatTheRuleNames() {
        policy("Equivalent", "example.com", "v2", "cups", "object.apiVersion == 'example.com/v2'");

        cup("a", V1);
        cup("b", V2);
    }

    @Test
    void exactRuleMeansNoOtherVersion() {
        policy("Exact", "example.com", "v2", "cups", "false");

        cup("a", V1);
        assertThatThrownBy(() -> cup("b", V2)).hasMessageContaining("broken");
    }

    @Test
    void ruleThatNamesTheRequestsOwnVersionGoesBeforeOthers() {
        policy("Equivalent", "example.com", "v1, v2", "cups", "object.apiVersion == 'example.com/v2'");

        cup("a", V2);
        assertThatThrownBy(() -> cup("b", V1)).hasMessageContaining("broken");
    }

    @Test
    void builtInKindsHaveVersionsToo() {
        policy(
                "Equivalent",
                "autoscaling",
                "v1",
                "horizontalpodautoscalers",
                "object.spec.targetCPUUtilizationPercentage < 70 && request.kind.version == 'v1'");

        posting.create(scaler("low", 60));
        assertThatThrownBy(() -> posting.create(scaler("high", 80))).hasMessageContaining("broken");
    }

    private static String scaler(String name, int percentage) {
        return """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: %s}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
              maxReplicas: 10
              metrics:
              - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: %d}}}
            """.formatted(name, percentage);
    }
}
