package io.orchestrator.testkit.conformance;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodTemplateSpecBuilder;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.ReplicationControllerBuilder;
import io.orchestrator.api.model.core.ReplicationControllerSpecBuilder;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.ResourceQuotaBuilder;
import io.orchestrator.api.model.core.ResourceQuotaSpecBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects that several tests use. */
final class Samples {
    private Samples() {}

    static ReplicationController controller(String name, int replicas) {
        return ReplicationControllerBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .spec(ReplicationControllerSpecBuilder.builder()
                        .replicas(replicas)
                        .template(PodTemplateSpecBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder()
                                        .labels(Map.of("app", name))
                                        .build())
                                .spec(Pod.named(name)
                                        .container("web", "app:1")
                                        .build()
                                        .spec())
                                .build())
                        .build())
                .build();
    }

    static ResourceQuota quota(String name, Map<String, String> hard, String... scopes) {
        Map<String, Quantity> amounts = new LinkedHashMap<>();
        hard.forEach((resource, amount) -> amounts.put(resource, Quantity.parse(amount)));
        return ResourceQuotaBuilder.builder()
                .metadata(ObjectMeta.named(name))
                .spec(ResourceQuotaSpecBuilder.builder()
                        .hard(amounts)
                        .scopes(List.of(scopes))
                        .build())
                .build();
    }
}
