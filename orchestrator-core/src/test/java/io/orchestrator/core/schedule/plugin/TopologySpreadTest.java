package io.orchestrator.core.schedule.plugin;

import static io.orchestrator.core.schedule.framework.SmallCluster.labelled;
import static io.orchestrator.core.schedule.framework.SmallCluster.node;
import static io.orchestrator.core.schedule.framework.SmallCluster.on;
import static io.orchestrator.core.schedule.framework.SmallCluster.pod;
import static io.orchestrator.core.schedule.framework.SmallCluster.tainted;
import static io.orchestrator.core.schedule.framework.SmallCluster.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.core.TopologySpreadConstraintBuilder;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TopologySpreadTest {
    private final TopologySpread plugin = new TopologySpread();

    private static Node inZone(String name, String zone) {
        return labelled(node(name, "4", "8Gi"), Map.of("zone", zone, "kubernetes.io/hostname", name));
    }

    private static Pod web(String name) {
        Pod pod = pod(name, spec -> spec);
        return pod.withMetadata(pod.metadata().withLabels(Map.of("app", "web")));
    }

    private static Pod spread(UnaryOperator<TopologySpreadConstraintBuilder> edit) {
        TopologySpreadConstraintBuilder constraint = TopologySpreadConstraintBuilder.builder()
                .maxSkew(1)
                .topologyKey("zone")
                .whenUnsatisfiable("DoNotSchedule")
                .labelSelector(LabelSelector.of(Map.of("app", "web")));
        Pod pod = web("new");
        return pod.withSpec(pod.spec()
                .withTopologySpreadConstraints(List.of(edit.apply(constraint).build())));
    }

    private static Pod spread() {
        return spread(constraint -> constraint);
    }

    private final NodeView a1 = view(inZone("a1", "a"), web("w1"), web("w2"));
    private final NodeView a2 = view(inZone("a2", "a"));
    private final NodeView b1 = view(inZone("b1", "b"), web("w3"));

    @Test
    void aPodGoesOnlyWhereTheSkewStaysWithinItsBound() {
        assertThat(Trial.on(a1, a2, b1).of(plugin, spread()).fitting()).containsExactly("b1");
        assertThat(Trial.on(a1, a2, b1)
                        .of(plugin, spread(each -> each.maxSkew(2)))
                        .fitting())
                .containsExactly("a1", "a2", "b1");
        assertThat(Trial.on(a1, b1).of(plugin, spread()).verdict("a1"))
                .isEqualTo(Verdict.unfit("node(s) didn't match pod topology spread constraints"));
    }

    @Test
    void aNodeWithoutTheLabelIsOutAndNoPodThatLeavesHelps() {
        NodeView nowhere = view(node("x", "4", "8Gi"));
        assertThat(Trial.on(a1, nowhere).of(plugin, spread()).verdict("x"))
                .isEqualTo(Verdict.unresolvable(
                        "node(s) didn't match pod topology spread constraints (missing required label)"));
    }

    @Test
    void fewerDomainsThanDemandedCountAsIfOneWereEmpty() {
        NodeView a = view(inZone("a1", "a"), web("w1"));
        NodeView b = view(inZone("b1", "b"), web("w2"));
        assertThat(Trial.on(a, b).of(plugin, spread()).fitting()).containsExactly("a1", "b1");
        assertThat(Trial.on(a, b).of(plugin, spread(each -> each.minDomains(3))).fitting())
                .isEmpty();
    }

    @Test
    void podsThatEndOrLiveElsewhereDoNotCount() {
        Pod ending = web("w1");
        ending = ending.withMetadata(ending.metadata().withDeletionTimestamp(Time.of(Instant.EPOCH)));
        Pod foreign = web("w2");
        foreign = foreign.withMetadata(foreign.metadata().withNamespace("other"));
        NodeView full = view(inZone("a1", "a"), ending, foreign);
        assertThat(Trial.on(full, view(inZone("b1", "b"))).of(plugin, spread()).fitting())
                .containsExactly("a1", "b1");
    }

    @Test
    void nodesThatThePodMayNotGoToCountOnlyWhenItsAffinityIsIgnored() {
        Node c = labelled(node("c1", "4", "8Gi"), Map.of("zone", "c", "disk", "hdd"));
        Node a = labelled(node("a1", "4", "8Gi"), Map.of("zone", "a", "disk", "ssd"));
        NodeView busy = view(a, web("w1"));
        UnaryOperator<Pod> picky = pod -> pod.withSpec(pod.spec().withNodeSelector(Map.of("disk", "ssd")));
        assertThat(Trial.on(busy, view(c)).of(plugin, picky.apply(spread())).fitting())
                .contains("a1");
        assertThat(Trial.on(busy, view(c))
                        .of(plugin, picky.apply(spread(each -> each.nodeAffinityPolicy("Ignore"))))
                        .fitting())
                .doesNotContain("a1");
    }

    @Test
    void taintedNodesCountUnlessTaintsAreHonoured() {
        NodeView busy = view(inZone("a1", "a"), web("w1"));
        NodeView empty = view(tainted(inZone("b1", "b"), "team", "x", "NoSchedule"));
        assertThat(Trial.on(busy, empty).of(plugin, spread()).fitting()).doesNotContain("a1");
        assertThat(Trial.on(busy, empty)
                        .of(plugin, spread(each -> each.nodeTaintsPolicy("Honor")))
                        .fitting())
                .contains("a1");
    }

    @Test
    void podsOfAnotherRevisionDoNotCountWhenTheirLabelMustEqual() {
        Pod old = web("w1");
        old = old.withMetadata(old.metadata().withLabels(Map.of("app", "web", "rev", "1")));
        NodeView busy = view(inZone("a1", "a"), old);
        NodeView empty = view(inZone("b1", "b"));
        Pod next = spread(each -> each.matchLabelKeys(List.of("rev")));
        next = next.withMetadata(next.metadata().withLabels(Map.of("app", "web", "rev", "2")));
        assertThat(Trial.on(busy, empty).of(plugin, next).fitting()).containsExactly("a1", "b1");
    }

    @Test
    void softConstraintsRefuseNobodyButDrawToTheEmptierDomain() {
        Pod soft = spread(each -> each.whenUnsatisfiable("ScheduleAnyway"));
        Trial.Answer answer = Trial.on(a1, a2, b1).of(plugin, soft);
        assertThat(answer.fitting()).hasSize(3);
        Map<String, Double> scores = answer.scores();
        assertThat(scores.get("b1")).isGreaterThan(scores.get("a1"));
        assertThat(scores.get("a1")).isEqualTo(scores.get("a2"));
    }

    @Test
    void podsOfAServiceSpreadWithoutBeingToldTo() {
        Service service = ServiceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name("web")
                        .build())
                .spec(ServiceSpecBuilder.builder()
                        .selector(Map.of("app", "web"))
                        .build())
                .build();
        Map<String, Double> scores =
                Trial.on(a1, a2, b1).with(service).of(plugin, web("new")).scores();
        assertThat(scores.get("a2")).isGreaterThan(scores.get("b1"));
        assertThat(scores.get("b1")).isGreaterThan(scores.get("a1"));
        assertThat(Trial.on(a1, a2, b1).of(plugin, web("new")).scores()).isEmpty();
    }

    @Test
    void onlyPodsThatAreCountedWakeOneThatWaits() {
        PodView waiting = PodView.of(spread());
        Pod other = pod("other", spec -> spec);
        assertThat(plugin.couldHelp(new ClusterChange.PodGone(PodView.of(web("w1")), a1), waiting))
                .isTrue();
        assertThat(plugin.couldHelp(new ClusterChange.PodPlaced(PodView.of(on(web("w9"), "b1")), b1), waiting))
                .isTrue();
        assertThat(plugin.couldHelp(new ClusterChange.PodGone(PodView.of(other), a1), waiting))
                .isFalse();
    }
}
