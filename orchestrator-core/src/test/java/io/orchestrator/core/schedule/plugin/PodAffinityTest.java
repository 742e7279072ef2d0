package io.orchestrator.core.schedule.plugin;

import static io.orchestrator.core.schedule.framework.SmallCluster.labelled;
import static io.orchestrator.core.schedule.framework.SmallCluster.node;
import static io.orchestrator.core.schedule.framework.SmallCluster.pod;
import static io.orchestrator.core.schedule.framework.SmallCluster.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.AffinityBuilder;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.NamespaceBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodAffinityBuilder;
import io.orchestrator.api.model.core.PodAffinityTerm;
import io.orchestrator.api.model.core.PodAffinityTermBuilder;
import io.orchestrator.api.model.core.PodAntiAffinityBuilder;
import io.orchestrator.api.model.core.WeightedPodAffinityTerm;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PodAffinityTest {
    private final PodAffinity plugin = new PodAffinity();

    private static Node inZone(String name, String zone) {
        return labelled(node(name, "4", "8Gi"), Map.of("zone", zone, "kubernetes.io/hostname", name));
    }

    private static Pod app(String name, String app) {
        Pod pod = pod(name, spec -> spec);
        return pod.withMetadata(pod.metadata().withLabels(Map.of("app", app)));
    }

    private static Pod in(String namespace, Pod pod) {
        return pod.withMetadata(pod.metadata().withNamespace(namespace));
    }

    private static PodAffinityTerm term(String app, String key, UnaryOperator<PodAffinityTermBuilder> edit) {
        return edit.apply(PodAffinityTermBuilder.builder()
                        .labelSelector(LabelSelector.of(Map.of("app", app)))
                        .topologyKey(key))
                .build();
    }

    private static PodAffinityTerm term(String app, String key) {
        return term(app, key, each -> each);
    }

    private static Pod near(Pod pod, PodAffinityTerm... terms) {
        return pod.withSpec(pod.spec()
                .withAffinity(AffinityBuilder.builder()
                        .podAffinity(PodAffinityBuilder.builder()
                                .requiredDuringSchedulingIgnoredDuringExecution(List.of(terms))
                                .build())
                        .build()));
    }

    private static Pod far(Pod pod, PodAffinityTerm... terms) {
        return pod.withSpec(pod.spec()
                .withAffinity(AffinityBuilder.builder()
                        .podAntiAffinity(PodAntiAffinityBuilder.builder()
                                .requiredDuringSchedulingIgnoredDuringExecution(List.of(terms))
                                .build())
                        .build()));
    }

    private static Pod wishing(Pod pod, boolean near, int weight, PodAffinityTerm term) {
        List<WeightedPodAffinityTerm> terms = List.of(new WeightedPodAffinityTerm(weight, term));
        return pod.withSpec(pod.spec()
                .withAffinity(
                        near
                                ? AffinityBuilder.builder()
                                        .podAffinity(PodAffinityBuilder.builder()
                                                .preferredDuringSchedulingIgnoredDuringExecution(terms)
                                                .build())
                                        .build()
                                : AffinityBuilder.builder()
                                        .podAntiAffinity(PodAntiAffinityBuilder.builder()
                                                .preferredDuringSchedulingIgnoredDuringExecution(terms)
                                                .build())
                                        .build()));
    }

    private final NodeView a1 = view(inZone("a1", "a"), app("db-1", "db"));
    private final NodeView a2 = view(inZone("a2", "a"));
    private final NodeView b1 = view(inZone("b1", "b"));

    @Test
    void aPodGoesWhereThePodsAreThatItNeeds() {
        Pod web = near(app("web", "web"), term("db", "zone"));
        assertThat(Trial.on(a1, a2, b1).of(plugin, web).fitting()).containsExactly("a1", "a2");
        assertThat(Trial.on(a1, a2, b1).of(plugin, web).verdict("b1"))
                .isEqualTo(Verdict.unresolvable("node(s) didn't match pod affinity rules"));
    }

    @Test
    void theFirstOfASeriesThatNeedsItsOwnLikeIsLetIn() {
        Pod first = near(app("web", "web"), term("web", "zone"));
        assertThat(Trial.on(a2, b1).of(plugin, first).fitting()).containsExactly("a2", "b1");
        NodeView there = view(inZone("c1", "c"), app("web-0", "web"));
        assertThat(Trial.on(a2, b1, there).of(plugin, first).fitting()).containsExactly("c1");
        Pod stranger = near(app("other", "other"), term("web", "zone"));
        assertThat(Trial.on(a2, b1).of(plugin, stranger).fitting()).isEmpty();
    }

    @Test
    void onePodMustMeetAllTerms() {
        Pod both = near(app("web", "web"), term("db", "zone"), term("cache", "zone"));
        NodeView cache = view(inZone("a3", "a"), app("cache-1", "cache"));
        assertThat(Trial.on(a1, cache).of(plugin, both).fitting()).isEmpty();
    }

    @Test
    void aPodStaysAwayFromThoseItDoesNotWantAndFromThoseThatDoNotWantIt() {
        Pod shy = far(app("web", "web"), term("db", "kubernetes.io/hostname"));
        assertThat(Trial.on(a1, a2).of(plugin, shy).fitting()).containsExactly("a2");
        assertThat(Trial.on(a1).of(plugin, shy).verdict("a1"))
                .isEqualTo(Verdict.unfit("node(s) didn't match pod anti-affinity rules"));
        NodeView guarded = view(inZone("c1", "c"), far(app("lone", "lone"), term("web", "zone")));
        NodeView beside = view(inZone("c2", "c"));
        assertThat(Trial.on(guarded, beside, a2).of(plugin, app("web", "web")).fitting())
                .containsExactly("a2");
        assertThat(Trial.on(guarded).of(plugin, app("web", "web")).verdict("c1"))
                .isEqualTo(Verdict.unfit("node(s) didn't satisfy existing pods anti-affinity rules"));
    }

    @Test
    void onlyNamespacesThatATermNamesMatter() {
        NodeView foreign = view(inZone("a1", "a"), in("other", app("db-1", "db")));
        Pod own = near(app("web", "web"), term("db", "zone"));
        Pod named = near(app("web", "web"), term("db", "zone", each -> each.namespaces(List.of("other"))));
        Pod anywhere = near(app("web", "web"), term("db", "zone", each -> each.namespaceSelector(LabelSelector.EMPTY)));
        assertThat(Trial.on(foreign).of(plugin, own).fitting()).isEmpty();
        assertThat(Trial.on(foreign).of(plugin, named).fitting()).containsExactly("a1");
        assertThat(Trial.on(foreign).of(plugin, anywhere).fitting()).containsExactly("a1");
    }

    @Test
    void namespacesCanBeChosenByTheirLabels() {
        Namespace other = NamespaceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("other")
                        .labels(Map.of("team", "x"))
                        .build())
                .build();
        NodeView foreign = view(inZone("a1", "a"), in("other", app("db-1", "db")));
        Pod pod = near(
                app("web", "web"),
                term("db", "zone", each -> each.namespaceSelector(LabelSelector.of(Map.of("team", "x")))));
        assertThat(Trial.on(foreign).with(other).of(plugin, pod).fitting()).containsExactly("a1");
        assertThat(Trial.on(foreign).of(plugin, pod).fitting()).isEmpty();
        NodeView guarded = view(
                inZone("c1", "c"),
                far(
                        app("lone", "lone"),
                        term("web", "zone", each -> each.namespaceSelector(LabelSelector.of(Map.of("team", "x"))))));
        assertThat(Trial.on(guarded)
                        .with(other)
                        .of(plugin, in("other", app("web", "web")))
                        .fitting())
                .isEmpty();
        assertThat(Trial.on(guarded).of(plugin, in("other", app("web", "web"))).fitting())
                .containsExactly("c1");
    }

    @Test
    void labelsThatMustEqualOrDifferNarrowWhomATermIsAbout() {
        Pod old = app("web-0", "web");
        old = old.withMetadata(old.metadata().withLabels(Map.of("app", "web", "rev", "1")));
        NodeView busy = view(inZone("a1", "a"), old);
        Pod next = far(app("web", "web"), term("web", "zone", each -> each.matchLabelKeys(List.of("rev"))));
        next = next.withMetadata(next.metadata().withLabels(Map.of("app", "web", "rev", "2")));
        assertThat(Trial.on(busy).of(plugin, next).fitting()).containsExactly("a1");
        Pod differing = far(app("web", "web"), term("web", "zone", each -> each.mismatchLabelKeys(List.of("rev"))));
        differing = differing.withMetadata(differing.metadata().withLabels(Map.of("app", "web", "rev", "2")));
        assertThat(Trial.on(busy).of(plugin, differing).fitting()).isEmpty();
    }

    @Test
    void wishesOfBothSidesAddUp() {
        Map<String, Double> drawn = Trial.on(a1, a2, b1)
                .of(plugin, wishing(app("web", "web"), true, 10, term("db", "zone")))
                .scores();
        assertThat(drawn).containsEntry("a1", 100.0).containsEntry("a2", 100.0).containsEntry("b1", 0.0);
        Map<String, Double> pushed = Trial.on(a1, a2, b1)
                .of(plugin, wishing(app("web", "web"), false, 10, term("db", "zone")))
                .scores();
        assertThat(pushed).containsEntry("a1", 0.0).containsEntry("b1", 100.0);
        NodeView needing = view(inZone("c1", "c"), near(app("db-2", "db"), term("web", "zone")));
        assertThat(Trial.on(b1, needing).of(plugin, app("web", "web")).scores())
                .containsEntry("c1", 100.0)
                .containsEntry("b1", 0.0);
        assertThat(Trial.on(a1, b1).of(plugin, app("web", "web")).scores()).isEmpty();
    }

    @Test
    void aPodThatWaitsIsWokenByThePodsItsRulesAreAbout() {
        PodView needing = PodView.of(near(app("web", "web"), term("db", "zone")));
        PodView shy = PodView.of(far(app("web", "web"), term("db", "zone")));
        PodView db = PodView.of(app("db-1", "db"));
        PodView cache = PodView.of(app("cache-1", "cache"));
        assertThat(plugin.couldHelp(new ClusterChange.PodPlaced(db, a1), needing))
                .isTrue();
        assertThat(plugin.couldHelp(new ClusterChange.PodPlaced(cache, a1), needing))
                .isFalse();
        assertThat(plugin.couldHelp(new ClusterChange.PodGone(db, a1), needing)).isFalse();
        assertThat(plugin.couldHelp(new ClusterChange.PodGone(db, a1), shy)).isTrue();
        assertThat(plugin.couldHelp(new ClusterChange.PodGone(cache, a1), shy)).isFalse();
        PodView unwilling = PodView.of(far(app("lone", "lone"), term("web", "zone")));
        assertThat(plugin.couldHelp(new ClusterChange.PodGone(unwilling, a1), PodView.of(app("web", "web"))))
                .isTrue();
    }
}
