package io.orchestrator.testkit.simulation;

import static io.orchestrator.testkit.simulation.FaultStory.between;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.control.customresource.DefinitionReconciler;
import java.util.List;

/** Two definitions that want the same name, the first of which goes, with an object that does not want to. */
final class DefinitionStory {
    private static final String GROUP = "stories.example.com";
    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: %1$s.stories.example.com}
            spec:
              group: stories.example.com
              scope: Namespaced
              names: {plural: %1$s, kind: %2$s, shortNames: [tale]}
              versions:
              - name: v1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private DefinitionStory() {}

    static FaultStory tell() {
        return new FaultStory(
                "definitions of kinds",
                (clock, catalog) -> List.of(DefinitionReconciler.spec()),
                cluster -> {
                    Client client = cluster.sim.client();
                    client.create(definition("fables", "Fable"));
                    between(cluster);
                    ResourceClient<Unstructured> fables =
                            client.resources(ResourceType.unstructured(GROUP, "v1", "Fable", "fables", true));
                    fables.create(
                            Unstructured.of(ResourceType.unstructured(GROUP, "v1", "Fable", "fables", true), "fox"));
                    Unstructured held =
                            Unstructured.of(ResourceType.unstructured(GROUP, "v1", "Fable", "fables", true), "raven");
                    fables.create(held.withMetadata(ObjectMetaBuilder.builder(held.metadata())
                            .finalizers(List.of("acme.com/held"))
                            .build()));
                    client.create(definition("sagas", "Saga"));
                    between(cluster);
                    client.resources(CustomResourceDefinition.TYPE).delete("fables." + GROUP);
                    between(cluster);
                    fables.edit(
                            "raven",
                            raven -> raven.withMetadata(ObjectMetaBuilder.builder(raven.metadata())
                                    .finalizers(List.of())
                                    .build()));
                },
                client -> client.resources(CustomResourceDefinition.TYPE).list().items().stream()
                        .map(definition -> definition.metadata().name() + " "
                                + definition.status().acceptedNames().shortNames()
                                + definition.status().conditions().stream()
                                        .map(condition -> condition.type() + "=" + condition.status())
                                        .sorted()
                                        .toList())
                        .toList()
                        .toString());
    }

    private static CustomResourceDefinition definition(String plural, String kind) {
        return (CustomResourceDefinition)
                Manifests.builtIn().read(DEFINITION.formatted(plural, kind)).get(0);
    }
}
