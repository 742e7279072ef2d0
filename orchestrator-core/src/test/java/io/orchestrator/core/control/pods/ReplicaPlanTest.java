package io.orchestrator.core.control.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodConditionType;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final int MANY = 2_000;

    private static ReplicaPlan plan(int replicas, int available, int unready, int spare) {
        ReplicaSet set = ReplicaSet.named("web")
                .replicas(replicas)
                .container("web", "app:1")
                .build();
        ReplicaOwner owner = new ReplicaOwner(
                set,
                ReplicaSet.TYPE,
                replicas,
                Selector.of(set.spec().selector()),
                set.spec().template(),
                0);
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < available + unready; i++) {
            pods.add(pod("web-" + i, i < available));
        }
        return ReplicaPlan.of(owner, pods, () -> pods, spare, name -> false, NOW);
    }

    private static Pod pod(String name, boolean ready) {
        Pod pod = Pod.named(name).nodeName("n").container("web", "app:1").build();
        return pod.withStatus(PodStatusBuilder.builder(pod.status())
                .phase(PodPhase.RUNNING)
                .conditions(List.of(PodConditionBuilder.builder()
                        .type(PodConditionType.READY)
                        .status(ready ? ConditionStatus.TRUE : ConditionStatus.FALSE)
                        .lastTransitionTime(Time.of(NOW))
                        .build()))
                .build());
    }

    @Test
    void whereAllMayGoTheNextOnesFollowAtOnce() {
        ReplicaPlan plan = plan(0, MANY, 0, Integer.MAX_VALUE);
        assertThat(plan.delete()).hasSize(500);
        assertThat(plan.more()).isTrue();
    }

    @Test
    void whereFewMayBeSparedTheRestWaitsForAChange() {
        ReplicaPlan plan = plan(0, MANY, 0, 3);
        assertThat(plan.delete()).hasSize(3);
        assertThat(plan.more())
                .as("until others are ready nothing is to be done")
                .isFalse();
    }

    @Test
    void podsThatAreNotReadyGoFirstAndNeedNotBeSpared() {
        ReplicaPlan plan = plan(0, MANY, 600, 0);
        assertThat(plan.delete()).hasSize(500).noneMatch(PodFacts::isReady);
        assertThat(plan.more()).isTrue();
        ReplicaPlan rest = plan(0, MANY, 100, 0);
        assertThat(rest.delete()).hasSize(100);
        assertThat(rest.more()).isFalse();
    }

    @Test
    void theLastOnesHaveNoneAfterThem() {
        ReplicaPlan plan = plan(10, 30, 0, Integer.MAX_VALUE);
        assertThat(plan.delete()).hasSize(20);
        assertThat(plan.more()).isFalse();
    }

    @Test
    void inSoManyGoesAllAreMadeHoweverManyTheyAre() {
        ReplicaPlan plan = plan(100_000, 0, 0, 0);
        assertThat(plan.create()).hasSize(10_000);
        assertThat(plan.more()).isTrue();
    }
}
