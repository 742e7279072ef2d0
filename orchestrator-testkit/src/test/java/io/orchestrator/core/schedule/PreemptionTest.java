package io.orchestrator.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import io.orchestrator.api.model.policy.PodDisruptionBudgetSpecBuilder;
import io.orchestrator.api.model.policy.PodDisruptionBudgetStatusBuilder;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreemptionTest {
    private final LoopFixture cluster = new LoopFixture(KubernetesPlugins.defaultProfile());

    private static Pod labelled(Pod pod, String app) {
        return pod.withMetadata(pod.metadata().withLabels(Map.of("app", app)));
    }

    private void budget(String app, int allowed) {
        cluster.object(
                PodDisruptionBudget.TYPE,
                PodDisruptionBudgetBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .namespace("default")
                                .name(app)
                                .build())
                        .spec(PodDisruptionBudgetSpecBuilder.builder()
                                .selector(LabelSelector.of(Map.of("app", app)))
                                .build())
                        .status(PodDisruptionBudgetStatusBuilder.builder()
                                .disruptionsAllowed(allowed)
                                .build())
                        .build());
    }

    @Test
    void aLessImportantPodIsDrivenOutAndItsRoomGoesToTheOneItWasDrivenOutFor() {
        cluster.node("node-1", "2", Map.of());
        cluster.runs(LoopFixture.pod("low", "2", 0));
        cluster.created(LoopFixture.pod("high", "2", 10));
        cluster.settle();
        assertThat(cluster.server.deletions).containsExactly("low");
        assertThat(cluster.events)
                .contains(
                        "high FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu.",
                        "low Preempted: Preempted by pod uid-high on node node-1");
        Pod victim = cluster.server.pods.get("low");
        assertThat(victim.status().condition("DisruptionTarget"))
                .hasValueSatisfying(condition -> assertThat(condition.reason()).isEqualTo("PreemptionByScheduler"));
        assertThat(cluster.server.pods.get("high").status().nominatedNodeName()).isEqualTo("node-1");
        cluster.seen("low");
        cluster.seen("high");
        cluster.time.advance(Duration.ofSeconds(30));
        assertThat(cluster.server.bindings).doesNotContain("high on node-1");
        cluster.gone("low");
        assertThat(cluster.server.bindings).contains("high on node-1");
        assertThat(cluster.server.deletions).containsExactly("low");
    }

    @Test
    void roomThatWasMadeIsNotTakenByALessImportantPodInBetween() {
        cluster.node("node-1", "2", Map.of());
        cluster.runs(LoopFixture.pod("low", "2", 0));
        cluster.created(LoopFixture.pod("high", "2", 10));
        cluster.settle();
        cluster.seen("low");
        cluster.created(LoopFixture.pod("thief", "1", 5));
        cluster.settle();
        cluster.server.pods.remove("low");
        cluster.loop.podChanged(LoopFixture.pod("low", "2", 0), null);
        cluster.time.advance(Duration.ofSeconds(20));
        assertThat(cluster.server.bindings).contains("high on node-1").doesNotContain("thief on node-1");
    }

    @Test
    void untilTheVictimsAreGoneNobodyElseIsDrivenOutForThePod() {
        cluster.node("node-1", "2", Map.of());
        cluster.node("node-2", "2", Map.of());
        cluster.runs(LoopFixture.pod("one", "2", 0));
        cluster.runs(LoopFixture.pod("two", "2", 0));
        cluster.created(LoopFixture.pod("high", "2", 10));
        cluster.settle();
        assertThat(cluster.server.deletions).hasSize(1);
        // The deletion is not seen yet, and the pod is tried again for another reason.
        cluster.node("node-3", "1", Map.of());
        cluster.time.advance(Duration.ofMinutes(6));
        assertThat(cluster.server.deletions).hasSize(1);
    }

    @Test
    void aPodThatMayDriveOutNobodyWaits() {
        cluster.node("node-1", "2", Map.of());
        cluster.runs(LoopFixture.pod("low", "2", 0));
        Pod meek = LoopFixture.pod("meek", "2", 10);
        cluster.created(meek.withSpec(meek.spec().withPreemptionPolicy("Never")));
        cluster.settle();
        assertThat(cluster.server.deletions).isEmpty();
        assertThat(cluster.events)
                .contains("meek FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu. "
                        + "preemption: not eligible due to preemptionPolicy=Never.");
    }

    @Test
    void equalsAreNotDrivenOut() {
        cluster.node("node-1", "2", Map.of());
        cluster.runs(LoopFixture.pod("first", "2", 10));
        cluster.created(LoopFixture.pod("second", "2", 10));
        cluster.settle();
        assertThat(cluster.server.deletions).isEmpty();
        assertThat(cluster.events)
                .contains("second FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu. "
                        + "preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.");
    }

    @Test
    void aBudgetIsKeptWhereThereIsAnotherWay() {
        budget("guarded", 0);
        cluster.node("node-1", "2", Map.of());
        cluster.runs(labelled(LoopFixture.pod("guarded", "2", 0), "guarded"));
        cluster.node("node-2", "2", Map.of());
        cluster.runs(labelled(LoopFixture.pod("free", "2", 5), "free"));
        cluster.created(LoopFixture.pod("high", "2", 10));
        cluster.settle();
        assertThat(cluster.server.deletions).containsExactly("free");
    }

    @Test
    void whereNothingElseHelpsABudgetIsBroken() {
        budget("guarded", 0);
        cluster.node("node-1", "2", Map.of());
        cluster.runs(labelled(LoopFixture.pod("guarded", "2", 0), "guarded"));
        cluster.created(LoopFixture.pod("high", "2", 10));
        cluster.settle();
        assertThat(cluster.server.deletions).containsExactly("guarded");
    }

    @Test
    void noMoreAndNoMoreImportantPodsGoThanMust() {
        cluster.node("node-1", "4", Map.of());
        cluster.runs(LoopFixture.pod("small", "1", 0));
        cluster.runs(LoopFixture.pod("large", "2", 1));
        cluster.runs(LoopFixture.pod("other", "1", 2));
        cluster.created(LoopFixture.pod("high", "1", 10));
        cluster.settle();
        assertThat(cluster.server.deletions).containsExactly("small");
    }

    @Test
    void aDeletionThatFailsIsTriedAgain() {
        cluster.node("node-1", "2", Map.of());
        cluster.runs(LoopFixture.pod("low", "2", 0));
        cluster.server.refusesDeletions = true;
        cluster.created(LoopFixture.pod("high", "2", 10));
        cluster.settle();
        assertThat(cluster.server.deletions).isEmpty();
        cluster.server.refusesDeletions = false;
        cluster.time.advance(Duration.ofSeconds(5));
        assertThat(cluster.server.deletions).containsExactly("low");
    }

    @Test
    void aPodThatTookTheVictimsNameIsLeftAlone() {
        cluster.node("node-1", "2", Map.of());
        cluster.runs(LoopFixture.pod("low", "2", 0));
        Pod successor = cluster.server.pods.get("low");
        cluster.server.put(successor.withMetadata(successor.metadata().withUid("another")));
        cluster.created(LoopFixture.pod("high", "2", 10));
        cluster.settle();
        assertThat(cluster.server.deletions).isEmpty();
    }
}
