package io.orchestrator.core.control.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.core.control.pods.AvailabilityFloor.Share;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AvailabilityFloorTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    @Test
    void whatIsAboveTheFloorMayGo() {
        assertThat(AvailabilityFloor.spare(2, share("a", 0, 3, 0), List.of(), NOW))
                .isEqualTo(1);
        assertThat(AvailabilityFloor.spare(2, share("a", 0, 2, 0), List.of(share("b", 3, 2, 1)), NOW))
                .isEqualTo(2);
    }

    @Test
    void podsThatAreNotAvailableHoldNothingUp() {
        assertThat(AvailabilityFloor.spare(2, share("a", 0, 2, 0), List.of(share("b", 3, 0, 3)), NOW))
                .isZero();
    }

    @Test
    void nothingIsSpareBelowTheFloor() {
        assertThat(AvailabilityFloor.spare(5, share("a", 0, 1, 0), List.of(share("b", 3, 2, 0)), NOW))
                .isZero();
    }

    @Test
    void twoThatShrinkAtOnceDoNotCountOnTheSamePods() {
        Share first = share("a", 0, 2, 0);
        Share second = share("b", 0, 2, 0);
        int spare = AvailabilityFloor.spare(2, first, List.of(second), NOW)
                + AvailabilityFloor.spare(2, second, List.of(first), NOW);
        assertThat(spare).as("of four pods, two must stay").isEqualTo(2);
    }

    @Test
    void isReadFromTheOwnerItWasNotedOn() {
        Map<String, String> noted = AvailabilityFloor.noted(Map.of("note", "kept"), 4);
        assertThat(noted).containsEntry("note", "kept");
        assertThat(AvailabilityFloor.of(owner(noted))).contains(4);
        assertThat(AvailabilityFloor.noted(noted, 0)).isEqualTo(Map.of("note", "kept"));
    }

    @Test
    void whatIsNoNumberIsNoFloor() {
        assertThat(AvailabilityFloor.of(owner(Map.of()))).isEmpty();
        assertThat(AvailabilityFloor.of(owner(Map.of(AvailabilityFloor.ANNOTATION, "many"))))
                .isEmpty();
    }

    private static ReplicaSet owner(Map<String, String> annotations) {
        return ReplicaSetBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("a")
                        .annotations(annotations)
                        .build())
                .build();
    }

    private static Share share(String name, int size, int available, int unavailable) {
        List<Pod> pods = IntStream.range(0, available + unavailable)
                .mapToObj(i -> pod(name + "-" + i, i < available))
                .toList();
        return new Share(name, size, pods, 0);
    }

    private static Pod pod(String name, boolean ready) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .status(PodStatusBuilder.builder()
                        .phase("Running")
                        .conditions(List.of(PodConditionBuilder.builder()
                                .type("Ready")
                                .status(ready ? "True" : "False")
                                .lastTransitionTime(Time.of(NOW.minusSeconds(60)))
                                .build()))
                        .build())
                .build();
    }
}
