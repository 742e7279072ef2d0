package io.orchestrator.testkit.registry;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.core.codec.Manifests;
import java.util.Map;

/** A custom resource to try things with. */
final class CronTabs {
    static final ResourceType<Unstructured> TYPE =
            ResourceType.unstructured("stable.example.com", "v1", "CronTab", "crontabs", true);
    static final ResourceType<Unstructured> BETA =
            ResourceType.unstructured("stable.example.com", "v1beta1", "CronTab", "crontabs", true);

    static final String DEFINITION = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: crontabs.stable.example.com}
        spec:
          group: stable.example.com
          scope: Namespaced
          names: {plural: crontabs, kind: CronTab, shortNames: [ct], categories: [all]}
          versions:
          - name: v1beta1
            served: true
            storage: false
            deprecated: true
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
          - name: v1
            served: true
            storage: true
            subresources:
              status: {}
              scale:
                specReplicasPath: .spec.replicas
                statusReplicasPath: .status.replicas
                labelSelectorPath: .status.selector
            selectableFields: [{jsonPath: .spec.image}]
            additionalPrinterColumns:
            - {name: Image, type: string, jsonPath: .spec.image}
            schema:
              openAPIV3Schema:
                type: object
                required: [spec]
                properties:
                  spec:
                    type: object
                    required: [schedule]
                    properties:
                      schedule: {type: string, minLength: 3}
                      image: {type: string, default: busybox}
                      replicas: {type: integer, minimum: 1, maximum: 10, default: 1}
                      port: {x-kubernetes-int-or-string: true}
                      note: {type: string, nullable: true}
                      free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                      hosts: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                      ports:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [name]
                        items:
                          type: object
                          required: [name]
                          properties:
                            name: {type: string}
                            port: {type: integer, format: int32, default: 80}
                  status:
                    type: object
                    properties:
                      replicas: {type: integer}
                      selector: {type: string}
        """;

    private CronTabs() {}

    static CustomResourceDefinition definition() {
        return definition(DEFINITION);
    }

    static CustomResourceDefinition definition(String yaml) {
        return (CustomResourceDefinition) Manifests.builtIn().read(yaml).get(0);
    }

    static Unstructured named(String name) {
        return Unstructured.of(TYPE, name).with("spec", Map.of("schedule", "* * * * *"));
    }

    static Unstructured named(String name, Map<String, ?> spec) {
        return Unstructured.of(TYPE, name).with("spec", spec);
    }
}
