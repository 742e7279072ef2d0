package io.orchestrator.core.control.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.ContainerStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodBuilder;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.PodStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeletionOrderTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    @Test
    void aPodWithoutANodeGoesFirst() {
        goesFirst(pod("x").node(""), pod("a").phase("Pending").ready(null));
    }

    @Test
    void aPendingPodGoesBeforeAnUnknownOneAndThatBeforeARunningOne() {
        goesFirst(pod("x").phase("Pending"), pod("a").phase("Unknown"));
        goesFirst(pod("x").phase("Unknown"), pod("a"));
    }

    @Test
    void aPodThatIsNotReadyGoesBeforeOneThatIs() {
        goesFirst(pod("x").ready(null), pod("a").cost("-5"));
    }

    @Test
    void theCheaperPodGoesFirst() {
        goesFirst(pod("x").cost("-1"), pod("a"));
        goesFirst(pod("x"), pod("a").cost("10").node("crowded"));
        goesFirst(pod("a"), pod("b").cost("no number"));
    }

    @Test
    void thePodOnTheMoreCrowdedNodeGoesFirst() {
        Pod x = pod("x").node("crowded").build();
        Pod a = pod("a").node("calm").ready(Duration.ofSeconds(1)).build();
        List<Pod> related = List.of(x, a, pod("r").node("crowded").build());
        assertThat(new DeletionOrder(related, NOW).compare(x, a)).isNegative();
    }

    @Test
    void thePodThatIsReadyForALongTimeStays() {
        goesFirst(pod("x").ready(Duration.ofSeconds(10)), pod("a").ready(Duration.ofHours(5)));
    }

    @Test
    void theOneWithMoreRestartsGoesFirst() {
        goesFirst(pod("x").restarts(3), pod("a").age(Duration.ofSeconds(1)));
    }

    @Test
    void theYoungerGoesFirst() {
        goesFirst(pod("x").age(Duration.ofMinutes(1)), pod("a").age(Duration.ofHours(10)));
    }

    @Test
    void isATotalOrder() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Pod> pods = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                pods.add(random(random, "p" + i));
            }
            DeletionOrder order = new DeletionOrder(pods, NOW);
            List<Pod> sorted = new ArrayList<>(pods);
            sorted.sort(order);
            Collections.shuffle(pods, random);
            pods.sort(order);
            assertThat(pods).isEqualTo(sorted);
        }
    }

    private static Pod random(Random random, String name) {
        return pod(name)
                .node(random.nextInt(4) == 0 ? "" : "n" + random.nextInt(3))
                .phase(List.of("Pending", "Running", "Unknown").get(random.nextInt(3)))
                .ready(random.nextBoolean() ? null : Duration.ofSeconds(random.nextInt(5000)))
                .cost(Integer.toString(random.nextInt(3)))
                .restarts(random.nextInt(3))
                .age(Duration.ofSeconds(random.nextInt(50_000)))
                .build();
    }

    private static void goesFirst(Draft first, Draft second) {
        DeletionOrder order = new DeletionOrder(List.of(), NOW);
        assertThat(order.compare(first.build(), second.build())).isNegative();
        assertThat(order.compare(second.build(), first.build())).isPositive();
    }

    private static Draft pod(String name) {
        return new Draft(name);
    }

    private static final class Draft {
        private final String name;
        private String node = "n";
        private String phase = "Running";
        private String cost = "0";
        private int restarts;
        private @Nullable Duration ready = Duration.ofHours(10);
        private Duration age = Duration.ofHours(20);

        Draft(String name) {
            this.name = name;
        }

        Draft node(String node) {
            this.node = node;
            return this;
        }

        Draft phase(String phase) {
            this.phase = phase;
            return this;
        }

        Draft cost(String cost) {
            this.cost = cost;
            return this;
        }

        Draft restarts(int restarts) {
            this.restarts = restarts;
            return this;
        }

        Draft ready(@Nullable Duration ready) {
            this.ready = ready;
            return this;
        }

        Draft age(Duration age) {
            this.age = age;
            return this;
        }

        Pod build() {
            return PodBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder()
                            .name(name)
                            .uid(name)
                            .annotations(Map.of(DeletionOrder.DELETION_COST, cost))
                            .creationTimestamp(Time.of(NOW.minus(age)))
                            .build())
                    .spec(PodSpecBuilder.builder().nodeName(node).build())
                    .status(PodStatusBuilder.builder()
                            .phase(phase)
                            .containerStatuses(List.of(ContainerStatusBuilder.builder()
                                    .name("c")
                                    .restartCount(restarts)
                                    .build()))
                            .conditions(List.of(PodConditionBuilder.builder()
                                    .type("Ready")
                                    .status(ready == null ? "False" : "True")
                                    .lastTransitionTime(Time.of(NOW.minus(ready == null ? Duration.ZERO : ready)))
                                    .build()))
                            .build())
                    .build();
        }
    }
}
