package io.orchestrator.core.schedule.plugin;

import static io.orchestrator.core.schedule.framework.SmallCluster.container;
import static io.orchestrator.core.schedule.framework.SmallCluster.labelled;
import static io.orchestrator.core.schedule.framework.SmallCluster.node;
import static io.orchestrator.core.schedule.framework.SmallCluster.on;
import static io.orchestrator.core.schedule.framework.SmallCluster.pod;
import static io.orchestrator.core.schedule.framework.SmallCluster.tainted;
import static io.orchestrator.core.schedule.framework.SmallCluster.view;
import static io.orchestrator.core.schedule.framework.SmallCluster.withHostPort;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.AffinityBuilder;
import io.orchestrator.api.model.core.NodeAffinityBuilder;
import io.orchestrator.api.model.core.NodeSelectorBuilder;
import io.orchestrator.api.model.core.NodeSelectorRequirement;
import io.orchestrator.api.model.core.NodeSelectorTerm;
import io.orchestrator.api.model.core.NodeSelectorTermBuilder;
import io.orchestrator.api.model.core.NodeSpecBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSchedulingGate;
import io.orchestrator.api.model.core.PreferredSchedulingTerm;
import io.orchestrator.api.model.core.TolerationBuilder;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginsTest {
    private static final NodeView NODE =
            view(labelled(node("n1", "4", "8Gi"), Map.of("disk", "ssd", "cores", "16", "name", "x")));

    private static boolean fits(FilterPlugin plugin, Pod pod, NodeView node) {
        return verdict(plugin, pod, node) instanceof Verdict.Fits;
    }

    private static Verdict verdict(FilterPlugin plugin, Pod pod, NodeView node) {
        return Trial.on(node).of(plugin, pod).verdict(node.name());
    }

    private static Pod requiring(NodeSelectorTerm... terms) {
        return pod(
                "p",
                spec -> spec.affinity(AffinityBuilder.builder()
                        .nodeAffinity(NodeAffinityBuilder.builder()
                                .requiredDuringSchedulingIgnoredDuringExecution(NodeSelectorBuilder.builder()
                                        .nodeSelectorTerms(List.of(terms))
                                        .build())
                                .build())
                        .build()));
    }

    private static NodeSelectorTerm labels(String key, String operator, String... values) {
        return NodeSelectorTermBuilder.builder()
                .matchExpressions(List.of(new NodeSelectorRequirement(key, operator, List.of(values))))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "disk, In, ssd, true",
        "disk, In, hdd, false",
        "absent, In, ssd, false",
        "disk, NotIn, hdd, true",
        "disk, NotIn, ssd, false",
        "absent, NotIn, ssd, true",
        "disk, Exists, , true",
        "absent, Exists, , false",
        "disk, DoesNotExist, , false",
        "absent, DoesNotExist, , true",
        "cores, Gt, 15, true",
        "cores, Gt, 16, false",
        "cores, Lt, 17, true",
        "cores, Lt, 16, false",
        "name, Gt, 1, false",
        "absent, Lt, 1, false",
        "disk, Near, ssd, false"
    })
    void everyOperatorOfARequiredAffinity(String key, String operator, String value, boolean fits) {
        String[] values = value == null ? new String[0] : new String[] {value};
        assertThat(fits(new NodeAffinity(), requiring(labels(key, operator, values)), NODE))
                .isEqualTo(fits);
    }

    @Test
    void termsAreAlternativesAndAnEmptyOneMatchesNothing() {
        NodeAffinity plugin = new NodeAffinity();
        NodeSelectorTerm no = labels("disk", "In", "hdd");
        NodeSelectorTerm yes = labels("disk", "In", "ssd");
        assertThat(fits(plugin, requiring(no, yes), NODE)).isTrue();
        assertThat(fits(plugin, requiring(NodeSelectorTerm.EMPTY), NODE)).isFalse();
        assertThat(fits(plugin, requiring(), NODE)).isFalse();
    }

    @Test
    void aTermCanNameTheNodeItself() {
        NodeSelectorTerm n1 = NodeSelectorTermBuilder.builder()
                .matchFields(List.of(new NodeSelectorRequirement("metadata.name", "In", List.of("n1"))))
                .build();
        assertThat(fits(new NodeAffinity(), requiring(n1), NODE)).isTrue();
        assertThat(fits(new NodeAffinity(), requiring(n1), view(node("n2", "4", "8Gi"))))
                .isFalse();
    }

    @Test
    void everyLabelOfANodeSelectorMustBeThere() {
        NodeAffinity plugin = new NodeAffinity();
        assertThat(fits(plugin, pod("p", spec -> spec.nodeSelector(Map.of("disk", "ssd"))), NODE))
                .isTrue();
        assertThat(fits(plugin, pod("p", spec -> spec.nodeSelector(Map.of("disk", "ssd", "gpu", "1"))), NODE))
                .isFalse();
    }

    @Test
    void metPreferencesAddUp() {
        Pod pod = pod(
                "p",
                spec -> spec.affinity(AffinityBuilder.builder()
                        .nodeAffinity(NodeAffinityBuilder.builder()
                                .preferredDuringSchedulingIgnoredDuringExecution(List.of(
                                        new PreferredSchedulingTerm(5, labels("disk", "In", "ssd")),
                                        new PreferredSchedulingTerm(3, labels("disk", "In", "hdd")),
                                        new PreferredSchedulingTerm(2, labels("cores", "Gt", "8"))))
                                .build())
                        .build()));
        NodeView plain = view(node("n2", "4", "8Gi"));
        assertThat(Trial.on(NODE, plain).of(new NodeAffinity(), pod).score("n1"))
                .isEqualTo(7);
        assertThat(Trial.on(NODE, plain).of(new NodeAffinity(), pod).scores())
                .containsEntry("n1", 100.0)
                .containsEntry("n2", 0.0);
    }

    @ParameterizedTest
    @CsvSource({
        "dedicated, Equal, db, NoSchedule, true",
        "dedicated, , db, NoSchedule, true",
        "dedicated, Equal, web, NoSchedule, false",
        "dedicated, Exists, , , true",
        ", Exists, , , true",
        "dedicated, Exists, , NoExecute, false",
        "other, Exists, , , false"
    })
    void aTolerationCoversATaint(String key, String operator, String value, String effect, boolean fits) {
        Pod pod = pod(
                "p",
                spec -> spec.tolerations(List.of(TolerationBuilder.builder()
                        .key(key)
                        .operator(operator)
                        .value(value)
                        .effect(effect)
                        .build())));
        NodeView node = view(tainted(node("n1", "1", "1Gi"), "dedicated", "db", "NoSchedule"));
        assertThat(fits(new TaintToleration(), pod, node)).isEqualTo(fits);
    }

    @Test
    void mildTaintsRepelNobodyButTheirNodesComeLast() {
        TaintToleration plugin = new TaintToleration();
        NodeView mild = view(tainted(node("n1", "1", "1Gi"), "old", "", "PreferNoSchedule"));
        Pod pod = pod("p", spec -> spec);
        assertThat(fits(plugin, pod, mild)).isTrue();
        NodeView clean = view(node("n2", "1", "1Gi"));
        assertThat(Trial.on(mild, clean).of(plugin, pod).scores())
                .containsEntry("n1", 0.0)
                .containsEntry("n2", 100.0);
    }

    @Test
    void aCordonedNodeTakesOnlyWhoToleratesThat() {
        NodeView cordoned = view(node("n1", "1", "1Gi")
                .withSpec(NodeSpecBuilder.builder().unschedulable(true).build()));
        assertThat(fits(new NodeUnschedulable(), pod("p", spec -> spec), cordoned))
                .isFalse();
        Pod daemon = pod(
                "p",
                spec -> spec.tolerations(List.of(TolerationBuilder.builder()
                        .key("node.kubernetes.io/unschedulable")
                        .operator("Exists")
                        .build())));
        assertThat(fits(new NodeUnschedulable(), daemon, cordoned)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 80, 10.0.0.1, 80, false",
        "10.0.0.1, 80, 10.0.0.2, 80, true",
        "10.0.0.1, 80, 10.0.0.1, 81, true",
        "10.0.0.1, 80, , 80, false",
        "0.0.0.0, 80, 10.0.0.2, 80, false"
    })
    void hostPortsCollideOnOverlappingAddresses(String taken, int takenPort, String wanted, int port, boolean fits) {
        String address = wanted == null ? "" : wanted;
        Pod there = pod("a", spec -> spec.containers(List.of(withHostPort(container("c"), taken, takenPort))));
        Pod comes = pod("b", spec -> spec.containers(List.of(withHostPort(container("c"), address, port))));
        assertThat(fits(new NodePorts(), comes, view(node("n1", "1", "1Gi"), on(there, "n1"))))
                .isEqualTo(fits);
    }

    @Test
    void freedHostPortsCanBeTakenAgain() {
        Pod there = pod("a", spec -> spec.containers(List.of(withHostPort(container("c"), "", 80))));
        NodeView node = view(node("n1", "1", "1Gi"), there).without(PodView.of(there));
        assertThat(fits(new NodePorts(), there, node)).isTrue();
    }

    @Test
    void extendedResourcesAndTheNumberOfPodsAreLimits() {
        ResourceFit plugin = new ResourceFit();
        Pod gpu = pod("g", spec -> spec.containers(List.of(container("c", "example.com/gpu", "1"))));
        assertThat(verdict(plugin, gpu, NODE)).isEqualTo(Verdict.unresolvable("Insufficient example.com/gpu"));
        NodeView full = view(node("n1", "4", "8Gi")
                .withStatus(node("n1", "4", "8Gi").status().withAllocatable(Map.of())));
        assertThat(verdict(plugin, pod("p", spec -> spec), full)).isEqualTo(Verdict.unfit("Too many pods"));
    }

    @Test
    void theDefaultProfileHasThePluginsAndWeightsOfKubernetes() {
        Profile profile = KubernetesPlugins.defaultProfile();
        assertThat(profile.plugins())
                .extracting(plugin ->
                        plugin.name() + (plugin instanceof ScorePlugin score ? " " + (int) profile.weight(score) : ""))
                .containsExactly(
                        "SchedulingGates",
                        "PrioritySort",
                        "NodeUnschedulable",
                        "NodeName",
                        "TaintToleration 3",
                        "NodeAffinity 2",
                        "NodePorts",
                        "NodeResourcesFit 1",
                        "VolumeRestrictions",
                        "NodeVolumeLimits",
                        "VolumeBinding",
                        "VolumeZone",
                        "PodTopologySpread 2",
                        "InterPodAffinity 2",
                        "DefaultPreemption",
                        "NodeResourcesBalancedAllocation 1",
                        "ImageLocality 1");
    }

    @Test
    void aPodThatNamesItsNodeGoesNowhereElse() {
        assertThat(fits(new NodeName(), pod("p", spec -> spec.nodeName("n1")), NODE))
                .isTrue();
        assertThat(verdict(new NodeName(), pod("p", spec -> spec.nodeName("n2")), NODE))
                .isEqualTo(Verdict.unresolvable("node(s) didn't match the requested node name"));
        assertThat(new NodeName().concerns(PodView.of(pod("p", spec -> spec)))).isFalse();
    }

    @Test
    void whatFitsExactlyFits() {
        ResourceFit plugin = new ResourceFit();
        NodeView half = view(node("n1", "4", "8Gi"), pod("a", "2", "4Gi"));
        assertThat(fits(plugin, pod("b", "2", "4Gi"), half)).isTrue();
        assertThat(fits(plugin, pod("b", "2001m", "4Gi"), half)).isFalse();
        assertThat(fits(plugin, pod("b", "2", "4097Mi"), half)).isFalse();
    }

    @Test
    void theEmptierAndTheBetterBalancedNodeScoresHigher() {
        Pod pod = pod("p", "1", "2Gi");
        Trial trial = Trial.on(view(node("n1", "4", "8Gi")), view(node("n2", "4", "8Gi"), pod("a", "2", "1Gi")));
        assertThat(trial.of(new ResourceFit(), pod).score("n1")).isEqualTo(75);
        assertThat(trial.of(new ResourceFit(), pod).score("n2")).isLessThan(75);
        assertThat(trial.of(new BalancedAllocation(), pod).score("n1")).isEqualTo(100);
        assertThat(trial.of(new BalancedAllocation(), pod).score("n2")).isLessThan(100);
    }

    @Test
    void gatesKeepAPodOut() {
        Pod gated =
                pod("p", spec -> spec.schedulingGates(List.of(new PodSchedulingGate("a"), new PodSchedulingGate("b"))));
        assertThat(new SchedulingGates().mayEnter(PodView.of(gated), KnownObjects.NONE))
                .isEqualTo(Verdict.unresolvable("waiting for scheduling gates: [a b]"));
        assertThat(new SchedulingGates().mayEnter(PodView.of(pod("p", spec -> spec)), KnownObjects.NONE))
                .isEqualTo(Verdict.fits());
    }
}
