package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.ResourceQuotaBuilder;
import io.orchestrator.api.model.core.ResourceQuotaSpecBuilder;
import io.orchestrator.api.model.core.ResourceQuotaStatus;
import io.orchestrator.core.control.resourcequota.ResourceQuotaReconciler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The status of quotas: counted when new or changed, corrected when wrong, left alone when right. */
class QuotaSimTest {
    private static final List<String> NAMES = List.of("a", "b");

    @Test
    void aNewQuotaCountsWhatIsThereAndAChangedOneTakesTheRestIn() throws Exception {
        try (Simulation sim = started()) {
            NAMES.forEach(name -> sim.client().create(ConfigMap.named(name).build()));
            sim.client().create(quota(Map.of("configmaps", Quantity.of(5))));
            sim.settle();
            assertThat(status(sim.client()).used()).isEqualTo(Map.of("configmaps", Quantity.of(2)));

            sim.client().create(ConfigMap.named("c").build());
            Map<String, Quantity> more = Map.of("configmaps", Quantity.of(4), "pods", Quantity.of(1));
            sim.client()
                    .resources(ResourceQuota.TYPE)
                    .edit(
                            "bounds",
                            quota -> quota.withSpec(ResourceQuotaSpecBuilder.builder(quota.spec())
                                    .hard(more)
                                    .build()));
            sim.settle();

            assertThat(status(sim.client()).hard()).isEqualTo(more);
            assertThat(status(sim.client()).used())
                    .isEqualTo(Map.of("configmaps", Quantity.of(3), "pods", Quantity.ZERO));
        }
    }

    @Test
    void aWrongCountIsPutRightOnceNothingMovesAndThenNothingIsWritten() throws Exception {
        try (Simulation sim = started()) {
            sim.client().create(ConfigMap.named("a").build());
            sim.client().create(quota(Map.of("configmaps", Quantity.of(5))));
            sim.settle();
            Client client = sim.client();
            client.resources(ResourceQuota.TYPE)
                    .updateStatus(client.resources(ResourceQuota.TYPE)
                            .get("bounds")
                            .withStatus(new ResourceQuotaStatus(
                                    Map.of("configmaps", Quantity.of(5)), Map.of("configmaps", Quantity.of(4)))));
            sim.advance(Duration.ofSeconds(20));
            assertThat(status(client).used()).as("not yet").containsEntry("configmaps", Quantity.of(4));

            sim.settle();
            assertThat(status(client).used()).containsEntry("configmaps", Quantity.of(1));
            int writes = sim.writes();
            sim.advance(Duration.ofMinutes(20));
            assertThat(sim.writes()).isEqualTo(writes);
        }
    }

    private static Simulation started() {
        Simulation sim = Simulation.inOrder();
        sim.component(
                "controllers",
                site -> new Controllers(
                        site, List.of(ResourceQuotaReconciler.over(() -> List.of(ConfigMap.TYPE, Pod.TYPE)))));
        return sim;
    }

    private static ResourceQuota quota(Map<String, Quantity> hard) {
        return ResourceQuotaBuilder.builder()
                .metadata(ObjectMeta.named("default", "bounds"))
                .spec(ResourceQuotaSpecBuilder.builder().hard(hard).build())
                .build();
    }

    private static ResourceQuotaStatus status(Client client) {
        return client.resources(ResourceQuota.TYPE).get("bounds").status();
    }
}
