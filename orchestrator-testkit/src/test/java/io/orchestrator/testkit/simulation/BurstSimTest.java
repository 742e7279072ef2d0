package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.NodeBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.daemonset.DaemonSetReconciler;
import io.orchestrator.core.control.job.JobReconciler;
import io.orchestrator.core.control.replicaset.ReplicaSetReconciler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Many pods at once, whose events are late: as many are made as are wanted, not one more. {@code -Dsimulation.burst=N} makes so
 * many, as a nightly build may with 1,200, where looks at all of them begin to be followed by a rest.
 */
class BurstSimTest {
    private static final int PODS = Integer.getInteger("simulation.burst", 300);
    private static final String CREATED = "create Pod";

    @Test
    void aReplicaSetMakesAndDeletesManyPodsOnce() throws Exception {
        try (Workloads cluster = cluster(clock -> List.of(ReplicaSetReconciler.controller(clock)))) {
            cluster.sim
                    .client()
                    .create(ReplicaSet.named("many")
                            .replicas(PODS)
                            .container("main", "app:1")
                            .build());
            late(cluster);
            assertThat(cluster.pods()).hasSize(PODS);
            assertThat(count(cluster, CREATED)).isEqualTo(PODS);
            cluster.sim
                    .client()
                    .replicaSets()
                    .edit("many", set -> set.withSpec(set.spec().withReplicas(10)));
            late(cluster);
            assertThat(cluster.pods()).hasSize(10);
            assertThat(count(cluster, "delete Pod")).isEqualTo(PODS - 10);
        }
    }

    @Test
    void aJobCountsManyPodsOnce() throws Exception {
        try (Workloads cluster = cluster(clock -> List.of(JobReconciler.controller(clock)))
                .ending(pod -> Optional.of(new KubeletStub.End(Duration.ofMinutes(20), 0)))) {
            cluster.sim
                    .client()
                    .create(Job.named("many")
                            .completions(PODS)
                            .parallelism(PODS)
                            .container("main", "task:1")
                            .build());
            late(cluster);
            cluster.sim.advance(Duration.ofMinutes(30));
            cluster.sim.settle();
            Job job = cluster.sim.client().resources(Job.TYPE).get("many");
            assertThat(job.status().succeeded()).isEqualTo(PODS);
            assertThat(job.status().failed()).isZero();
            assertThat(job.status().active()).isZero();
            assertThat(count(cluster, CREATED)).isEqualTo(PODS);
        }
    }

    @Test
    void aDaemonSetHasOnePodOnEachOfManyNodes() throws Exception {
        try (Workloads cluster = cluster(clock -> List.of(DaemonSetReconciler.controller(clock)))) {
            for (int i = 0; i < PODS; i++) {
                cluster.sim
                        .client()
                        .create(NodeBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder()
                                        .name("machine-" + i)
                                        .build())
                                .build());
            }
            cluster.sim
                    .client()
                    .create(DaemonSet.named("agent")
                            .container("main", "agent:1")
                            .build());
            late(cluster);
            assertThat(cluster.pods().stream().map(pod -> pod.spec().nodeName()).distinct())
                    .hasSize(PODS);
            assertThat(count(cluster, CREATED)).isEqualTo(PODS);
            assertThat(cluster.sim
                            .client()
                            .resources(DaemonSet.TYPE)
                            .get("agent")
                            .status()
                            .numberReady())
                    .isEqualTo(PODS);
        }
    }

    private static Workloads cluster(Function<Clock, List<ControllerSpec>> controllers) {
        return new Workloads(Simulation.inOrder(), controllers);
    }

    /** Nothing of the pods is seen for six minutes: longer than what was expected is waited for. */
    private static void late(Workloads cluster) {
        cluster.controllers.faults().hold(Pod.TYPE);
        cluster.sim.advance(Duration.ofMinutes(6));
        cluster.controllers.faults().release(Pod.TYPE);
        cluster.sim.settle();
    }

    private static int count(Workloads cluster, String what) {
        return cluster.controllers.faults().writesByKind().getOrDefault(what, 0);
    }
}
