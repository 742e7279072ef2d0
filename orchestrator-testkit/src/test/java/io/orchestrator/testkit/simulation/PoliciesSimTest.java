package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.DeleteOptions.Propagation;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.VolumeResourceRequirementsBuilder;
import io.orchestrator.core.control.garbage.GarbageReconciler;
import io.orchestrator.core.control.job.JobReconciler;
import io.orchestrator.core.control.statefulset.StatefulSetReconciler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Jobs and StatefulSets may be told about the ends of their pods and claims. */
class PoliciesSimTest {

    @ParameterizedTest
    @CsvSource({
        "Retain, Retain, data-db-0 data-db-1, data-db-0 data-db-1",
        "Retain, Delete, data-db-0, data-db-0",
        "Delete, Retain, data-db-0 data-db-1, ''",
        "Delete, Delete, data-db-0, ''",
    })
    void claimsAreKeptOrGoAsTheSetSays(String whenDeleted, String whenScaled, String scaled, String deleted)
            throws Exception {
        int writes = new CrashPoints<>(() -> sets(), cluster -> cluster.controllers, cluster -> {
                    cluster.sim.client().create(database(whenDeleted, whenScaled));
                    cluster.sim.settle();
                    cluster.sim
                            .client()
                            .resources(StatefulSet.TYPE)
                            .edit("db", set -> set.withSpec(set.spec().withReplicas(1)));
                    cluster.sim.settle();
                    String afterScale = claims(cluster);
                    cluster.sim
                            .client()
                            .resources(StatefulSet.TYPE)
                            .delete("db", DeleteOptions.defaults().propagate(Propagation.BACKGROUND));
                    cluster.sim.settle();
                    assertThat(afterScale).isEqualTo(scaled);
                    assertThat(claims(cluster)).isEqualTo(deleted);
                    return "as wanted";
                })
                .forEachWriteAndEvent();
        assertThat(writes).isPositive();
    }

    private static Workloads sets() {
        return new Workloads(
                Simulation.inOrder(),
                clock -> List.of(
                        StatefulSetReconciler.controller(clock),
                        GarbageReconciler.over(List.of(StatefulSet.TYPE, Pod.TYPE, PersistentVolumeClaim.TYPE))));
    }

    private static String claims(Workloads cluster) {
        return String.join(
                " ",
                cluster.sim.client().resources(PersistentVolumeClaim.TYPE).list().items().stream()
                        .map(claim -> claim.metadata().name())
                        .sorted()
                        .toList());
    }

    private static StatefulSet database(String whenDeleted, String whenScaled) {
        StatefulSet set = StatefulSet.named("db")
                .replicas(2)
                .service("db")
                .container("db", "postgres:16")
                .build();
        PersistentVolumeClaim template = PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("data").build())
                .spec(PersistentVolumeClaimSpecBuilder.builder()
                        .accessModes(List.of("ReadWriteOnce"))
                        .resources(VolumeResourceRequirementsBuilder.builder()
                                .requests(Map.of("storage", Quantity.parse("1Gi")))
                                .build())
                        .build())
                .build();
        return set.withSpec(set.spec()
                .with(spec -> spec.volumeClaimTemplates(List.of(template))
                        .persistentVolumeClaimRetentionPolicy(
                                new StatefulSetPersistentVolumeClaimRetentionPolicy(whenDeleted, whenScaled))));
    }

    @Test
    void aJobThatSomebodyElseManagesIsLeftAlone() throws Exception {
        try (Workloads cluster = jobs()) {
            cluster.sim
                    .client()
                    .create(Job.named("work")
                            .container("work", "busybox:1")
                            .spec(spec -> spec.managedBy("acme.com/queue"))
                            .build());
            cluster.sim.settle();
            assertThat(cluster.pods()).isEmpty();
            assertThat(cluster.controllers.faults().writes()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"Failed, 1", "TerminatingOrFailed, 2"})
    void aPodThatIsOnItsWayOutIsReplacedThenOrLater(String policy, int most) throws Exception {
        try (Workloads cluster = jobs()) {
            cluster.sim
                    .client()
                    .create(Job.named("work")
                            .container("work", "busybox:1")
                            .spec(spec -> spec.podReplacementPolicy(policy))
                            .build());
            cluster.sim.advance(Duration.ofSeconds(10));
            cluster.kubelet.kill();
            cluster.sim.client().pods().delete(cluster.pods().get(0).metadata().name());
            cluster.sim.advance(Duration.ofMinutes(2));
            assertThat(cluster.pods())
                    .as("beside the one that does not end yet")
                    .hasSize(most);
        }
    }

    private static Workloads jobs() {
        return new Workloads(Simulation.inOrder(), clock -> List.of(JobReconciler.controller(clock)));
    }
}
