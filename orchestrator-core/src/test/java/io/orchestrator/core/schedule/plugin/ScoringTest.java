package io.orchestrator.core.schedule.plugin;

import static io.orchestrator.core.schedule.framework.SmallCluster.container;
import static io.orchestrator.core.schedule.framework.SmallCluster.node;
import static io.orchestrator.core.schedule.framework.SmallCluster.pod;
import static io.orchestrator.core.schedule.framework.SmallCluster.quantities;
import static io.orchestrator.core.schedule.framework.SmallCluster.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orchestrator.api.model.core.ContainerImage;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoringTest {
    private static final Map<String, Integer> BOTH = ScoringStrategy.cpuAndMemory();

    private final NodeView empty = view(node("empty", "4", "8Gi"));
    private final NodeView half = view(node("half", "4", "8Gi"), pod("a", "2", "4Gi"));

    private double score(ScoringStrategy strategy, String node) {
        return Trial.on(empty, half)
                .of(new ResourceFit(strategy, Set.of()), pod("p", "1", "2Gi"))
                .score(node);
    }

    @Test
    void emptierNodesWinOrFullerOnesAsTheStrategySays() {
        assertThat(score(ScoringStrategy.leastAllocated(BOTH), "empty")).isEqualTo(75);
        assertThat(score(ScoringStrategy.leastAllocated(BOTH), "half")).isEqualTo(25);
        assertThat(score(ScoringStrategy.mostAllocated(BOTH), "empty")).isEqualTo(25);
        assertThat(score(ScoringStrategy.mostAllocated(BOTH), "half")).isEqualTo(75);
    }

    @Test
    void aShapeTurnsTheShareTakenIntoAScore() {
        List<ScoringStrategy.Point> packing =
                List.of(new ScoringStrategy.Point(0, 0), new ScoringStrategy.Point(100, 10));
        assertThat(score(ScoringStrategy.requestedToCapacityRatio(BOTH, packing), "half"))
                .isCloseTo(75, within(1e-9));
        List<ScoringStrategy.Point> bend = List.of(
                new ScoringStrategy.Point(50, 0), new ScoringStrategy.Point(75, 10), new ScoringStrategy.Point(100, 0));
        assertThat(score(ScoringStrategy.requestedToCapacityRatio(BOTH, bend), "half"))
                .isCloseTo(100, within(1e-9));
        assertThat(score(ScoringStrategy.requestedToCapacityRatio(BOTH, bend), "empty"))
                .isZero();
        assertThatThrownBy(() -> ScoringStrategy.requestedToCapacityRatio(
                        BOTH, List.of(new ScoringStrategy.Point(5, 1), new ScoringStrategy.Point(5, 2))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aResourceThatWeighsMoreDecides() {
        NodeView lopsided = view(node("half", "4", "8Gi"), pod("a", "3", "1Gi"));
        double byMemory = Trial.on(lopsided)
                .of(
                        new ResourceFit(ScoringStrategy.leastAllocated(Map.of("cpu", 1, "memory", 9)), Set.of()),
                        pod("p", "1", "1Gi"))
                .score("half");
        assertThat(byMemory).isCloseTo(67.5, within(1e-9));
    }

    @Test
    void whatIsIgnoredIsNotMissed() {
        Pod gpu = pod("g", spec -> spec.containers(List.of(container("c", "example.com/gpu", "1"))));
        ScoringStrategy least = ScoringStrategy.leastAllocated(BOTH);
        assertThat(Trial.on(empty)
                        .of(new ResourceFit(least, Set.of("example.com/gpu")), gpu)
                        .fitting())
                .containsExactly("empty");
        assertThat(Trial.on(empty)
                        .of(new ResourceFit(least, Set.of("example.com")), gpu)
                        .fitting())
                .containsExactly("empty");
        assertThat(Trial.on(empty).of(new ResourceFit(), gpu).fitting()).isEmpty();
    }

    @Test
    void onlyWhatOtherPodsHoldCanBeFreedForAPod() {
        assertThat(Trial.on(half).of(new ResourceFit(), pod("p", "3", "1Gi")).verdict("half"))
                .isEqualTo(Verdict.unfit("Insufficient cpu"));
        assertThat(Trial.on(half).of(new ResourceFit(), pod("p", "5", "1Gi")).verdict("half"))
                .isEqualTo(Verdict.unresolvable("Insufficient cpu"));
    }

    @Test
    void aPodsOwnRequestStandsInThePlaceOfItsContainers() {
        Pod pod = pod(
                "p",
                spec -> spec.containers(List.of(container("a", "cpu", "3"), container("b", "cpu", "3")))
                        .resources(io.orchestrator.api.model.core.ResourceRequirementsBuilder.builder()
                                .requests(quantities("cpu", "4"))
                                .build()));
        assertThat(Trial.on(empty).of(new ResourceFit(), pod).fitting()).containsExactly("empty");
    }

    @Test
    void largeImagesDrawTheirPodsUnlessFewNodesHaveThem() {
        Node with = node("with", "4", "8Gi");
        with = with.withStatus(with.status()
                .withImages(List.of(new ContainerImage(List.of("registry/app:latest"), 2000L * 1024 * 1024))));
        Pod pod = pod("p", spec -> spec.containers(List.of(container("c").withImage("registry/app"))));
        Trial.Answer answer = Trial.on(view(with), empty).of(new ImageLocality(), pod);
        assertThat(answer.scores()).containsEntry("with", 100.0).containsEntry("empty", 0.0);
        assertThat(ImageLocality.withTag("host:5000/app")).isEqualTo("host:5000/app:latest");
        assertThat(ImageLocality.withTag("app:1")).isEqualTo("app:1");
        Pod other = pod("p", spec -> spec.containers(List.of(container("c").withImage("nowhere"))));
        assertThat(Trial.on(view(with), empty).of(new ImageLocality(), other).scores())
                .isEmpty();
    }
}
