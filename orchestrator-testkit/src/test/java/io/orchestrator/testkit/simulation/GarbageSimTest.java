package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.DeleteOptions.Propagation;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.SecretBuilder;
import io.orchestrator.core.control.garbage.GarbageReconciler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Owners and what they own, while the caches of the two lag behind one another. */
class GarbageSimTest {
    private final Simulation sim = Simulation.inOrder();
    private SimulatedComponent collector;

    @BeforeEach
    void start() {
        collector = sim.component(
                "controllers",
                site -> new Controllers(site, List.of(GarbageReconciler.over(List.of(ConfigMap.TYPE, Secret.TYPE)))));
        ConfigMap owner = sim.client().create(ConfigMap.named("owner").build());
        own("owned", owner);
        sim.settle();
    }

    private void own(String name, ConfigMap owner) {
        sim.client()
                .create(SecretBuilder.builder(Secret.named(name).build())
                        .metadata(ObjectMetaBuilder.builder()
                                .name(name)
                                .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                                        .apiVersion("v1")
                                        .kind("ConfigMap")
                                        .name("owner")
                                        .uid(owner.metadata().uid())
                                        .build()))
                                .build())
                        .build());
    }

    @AfterEach
    void end() throws Exception {
        sim.close();
    }

    private void deleteOwner(Propagation propagation) {
        sim.client().configMaps().delete("owner", DeleteOptions.defaults().propagate(propagation));
    }

    @Test
    void whatAnOwnerOwnsGoesWithIt() {
        deleteOwner(Propagation.BACKGROUND);
        sim.settle();
        assertThat(sim.client().resources(Secret.TYPE).find("owned")).isEmpty();
    }

    @Test
    void whatWasOrphanedStaysThoughTheCacheStillHasItWithItsOwner() {
        collector.faults().hold(Secret.TYPE);
        deleteOwner(Propagation.ORPHAN);
        sim.advance(Duration.ofMinutes(1));
        assertThat(sim.client().configMaps().find("owner")).isEmpty();
        collector.faults().release(Secret.TYPE);
        sim.settle();
        assertThat(sim.client().resources(Secret.TYPE).find("owned"))
                .hasValueSatisfying(
                        left -> assertThat(left.metadata().ownerReferences()).isEmpty());
    }

    @Test
    void whatTheCacheHasNotSeenYetIsOrphanedWithTheOthers() {
        collector.faults().hold(Secret.TYPE);
        own("fresh", sim.client().configMaps().get("owner"));
        deleteOwner(Propagation.ORPHAN);
        sim.advance(Duration.ofMinutes(1));
        collector.faults().release(Secret.TYPE);
        sim.settle();
        assertThat(sim.client().resources(Secret.TYPE).find("fresh"))
                .hasValueSatisfying(
                        left -> assertThat(left.metadata().ownerReferences()).isEmpty());
    }

    @Test
    void whatChangesWhileItIsJudgedGoesAllTheSame() {
        collector.faults().hold(Secret.TYPE);
        sim.client()
                .resources(Secret.TYPE)
                .edit(
                        "owned",
                        secret -> secret.withMetadata(ObjectMetaBuilder.builder(secret.metadata())
                                .labels(java.util.Map.of("changed", "yes"))
                                .build()));
        deleteOwner(Propagation.BACKGROUND);
        sim.advance(Duration.ofMinutes(1));
        assertThat(sim.client().resources(Secret.TYPE).find("owned")).isEmpty();
    }
}
