package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.core.control.job.JobReconciler;
import io.orchestrator.core.control.podgc.PodGarbageReconciler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pods that have run to their end are kept up to a bound. */
class EndedPodsSimTest {
    private static final int KEPT = 4;

    @Test
    void theEldestGoAndTheirJobsCountThemAllTheSame() throws Exception {
        int writes = new CrashPoints<>(EndedPodsSimTest::cluster, cluster -> cluster.controllers, cluster -> {
                    for (String name : List.of("first", "second")) {
                        cluster.sim.client().create(job(name));
                        cluster.sim.settle();
                    }
                    cluster.mustRestFor(Duration.ofMinutes(5));
                    assertThat(cluster.pods())
                            .hasSize(KEPT)
                            .filteredOn(pod -> pod.metadata().name().startsWith("second"))
                            .hasSize(3);
                    return cluster.sim.client().resources(Job.TYPE).list().items().stream()
                            .map(job ->
                                    job.metadata().name() + " " + job.status().succeeded())
                            .toList()
                            .toString();
                })
                .forEachWriteAndEvent();
        assertThat(writes).isPositive();
    }

    private static Workloads cluster() {
        Simulation sim = Simulation.inOrder();
        // Pods of nodes that are not there would go for that reason.
        for (int i = 0; i < 3; i++) {
            sim.client()
                    .create(NodeBuilder.builder()
                            .metadata(ObjectMetaBuilder.builder()
                                    .name("node-" + i)
                                    .build())
                            .build());
        }
        return new Workloads(
                        sim,
                        clock -> List.of(
                                JobReconciler.controller(clock), PodGarbageReconciler.spec(sim.time()::nanoTime, KEPT)))
                .ending(pod -> Optional.of(new KubeletStub.End(Duration.ofSeconds(5), 0)));
    }

    private static Job job(String name) {
        return Job.named(name)
                .completions(3)
                .parallelism(3)
                .container("main", "busybox:1")
                .build();
    }
}
