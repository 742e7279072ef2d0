package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.conformance.HttpCluster.Answer;
import io.orchestrator.testkit.junit.Conformance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class AdmissionPolicyConformanceTest {
    private static final String POLICIES = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";

    private static HttpCluster cluster;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster("policies");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    @Conformance("[sig-api-machinery] ValidatingAdmissionPolicy should validate against a Deployment")
    void aDeploymentMustSatisfyTheExpressions() {
        String namespace = bound("replicas", """
                validations:
                - expression: object.spec.replicas > 1
                  messageExpression: "'wants more than ' + string(object.spec.replicas) + ' replicas'"
                - expression: namespaceObject.metadata.name == 'replicas'
                """);
        untilRefused(namespace, 1, "wants more than 1 replicas");
        deployment(namespace, "two", 2).mustBe(201);
        cluster.post(
                        "/apis/apps/v1/namespaces/" + namespace + "/replicasets",
                        "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: one}, spec: {replicas: 1, selector:"
                                + " {matchLabels: {app: one}}, template: {metadata: {labels: {app: one}}, spec:"
                                + " {containers: [{name: c, image: app}]}}}}")
                .mustBe(201);
    }

    @Test
    @Conformance("[sig-api-machinery] ValidatingAdmissionPolicy should allow expressions to refer variables")
    void expressionsReferToVariables() {
        String namespace = bound("variables", """
                variables:
                - {name: replicas, expression: object.spec.replicas}
                - {name: oddReplicas, expression: variables.replicas % 2 == 1}
                validations:
                - {expression: variables.replicas > 1}
                - {expression: variables.oddReplicas}
                """);
        untilRefused(namespace, 1, "failed expression: variables.replicas > 1");
        assertThat(deployment(namespace, "two", 2).mustBe(422).message())
                .contains("failed expression: variables.oddReplicas");
        deployment(namespace, "three", 3).mustBe(201);
    }

    /** A policy on the deployments of a namespace of its own. */
    private static String bound(String name, String spec) {
        cluster.create(
                "/api/v1/namespaces",
                "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + ", labels: {policy: " + name + "}}}");
        cluster.create(POLICIES, """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %s}
                spec:
                  matchConstraints:
                    resourceRules:
                    - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
                    namespaceSelector: {matchLabels: {policy: %s}}
                %s
                """.formatted(name, name, spec.indent(2)));
        cluster.create("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings", """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %s}
                spec:
                  policyName: %s
                  validationActions: [Deny]
                  matchResources: {namespaceSelector: {matchLabels: {policy: %s}}}
                """.formatted(
                        name, name, name));
        return name;
    }

    private static void untilRefused(String namespace, int replicas, String why) {
        await().atMost(HttpCluster.PATIENCE)
                .until(() ->
                        deployment(namespace, "d" + System.nanoTime(), replicas).code() != 201);
        Answer refusal = deployment(namespace, "refused", replicas).mustBe(422);
        assertThat(refusal.json().path("reason").asText()).isEqualTo("Invalid");
        assertThat(refusal.message()).contains("denied request").contains(why);
    }

    private static Answer deployment(String namespace, String name, int replicas) {
        return cluster.post(
                "/apis/apps/v1/namespaces/" + namespace + "/deployments", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: %s}}
                  template: {metadata: {labels: {app: %s}}, spec: {containers: [{name: c, image: app}]}}
                """.formatted(name, replicas, name, name));
    }
}
