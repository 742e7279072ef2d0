package io.orchestrator.testkit.simulation;

import static io.orchestrator.testkit.simulation.FaultStory.between;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.admissionregistration.ExpressionWarning;
import io.orchestrator.api.model.admissionregistration.TypeChecking;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.control.policystatus.PolicyStatusReconciler;
import java.util.List;

/** A policy with a mistake about a kind that is defined with it, which is mended. */
final class PolicyStatusStory {
    private static final String OBJECTS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: sagas.stories.example.com}
            spec:
              group: stories.example.com
              scope: Namespaced
              names: {plural: sagas, kind: Saga}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {parts: {type: integer}}}}}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: short}
            spec:
              matchConstraints:
                resourceRules:
                - {apiGroups: [stories.example.com], apiVersions: [v1], operations: [CREATE], resources: [sagas]}
              validations:
              - expression: object.spec.parts < 4
              - expression: object.spec.prats > 0
            """;

    private PolicyStatusStory() {}

    static FaultStory tell() {
        return new FaultStory(
                "what is said of policies",
                (clock, catalog) -> List.of(PolicyStatusReconciler.spec()),
                cluster -> {
                    Client client = cluster.sim.client();
                    for (Resource object : Manifests.builtIn().read(OBJECTS)) {
                        client.create(object);
                    }
                    between(cluster);
                    ResourceClient<ValidatingAdmissionPolicy> policies =
                            client.resources(ValidatingAdmissionPolicy.TYPE);
                    policies.edit(
                            "short",
                            policy -> policy.withSpec(policy.spec()
                                    .withValidations(policy.spec().validations().subList(1, 2))));
                    between(cluster);
                    // A field that comes later is known from then on.
                    client.resources(CustomResourceDefinition.TYPE)
                            .edit("sagas.stories.example.com", PolicyStatusStory::withPrats);
                    between(cluster);
                },
                client -> told(client.resources(ValidatingAdmissionPolicy.TYPE).get("short")));
    }

    private static CustomResourceDefinition withPrats(CustomResourceDefinition definition) {
        CustomResourceDefinition wanted = (CustomResourceDefinition) Manifests.builtIn()
                .read(OBJECTS.replace("parts: {type: integer}", "prats: {type: integer}"))
                .get(0);
        return definition.withSpec(definition.spec().withVersions(wanted.spec().versions()));
    }

    private static String told(ValidatingAdmissionPolicy policy) {
        TypeChecking checked = policy.status().typeChecking();
        List<String> warnings = checked == null
                ? List.of("not looked at")
                : checked.expressionWarnings().stream()
                        .map(ExpressionWarning::toString)
                        .toList();
        return policy.status().observedGeneration() + " of " + policy.metadata().generation() + ": " + warnings;
    }
}
