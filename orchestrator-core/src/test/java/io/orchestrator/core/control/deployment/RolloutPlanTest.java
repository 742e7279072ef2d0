package io.orchestrator.core.control.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetBuilder;
import io.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import io.orchestrator.api.model.apps.ReplicaSetStatusBuilder;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.core.control.pods.TemplateHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The plan against thousands of random states, and the sums of Kubernetes by example. */
class RolloutPlanTest {
    private static final int STATES = 20_000;

    @Test
    void neverPlansMoreThanTheSurgeNorFewerThanMayBeMissing() {
        for (int seed = 0; seed < STATES; seed++) {
            Random random = new Random(seed);
            Rollout rollout = randomRollout(random);
            ReplicaSet current = rollout.current();
            assertThat(current).isNotNull();
            Map<ReplicaSet, Integer> sizes = RollingUpdate.resize(rollout, current);

            int before = Rollout.size(rollout.all());
            int after = rollout.all().stream()
                    .mapToInt(set -> sizes.getOrDefault(set, Rollout.size(set)))
                    .sum();
            int most = rollout.wanted() + rollout.limits().maxSurge();
            assertThat(after).as("size, seed %s", seed).isLessThanOrEqualTo(Math.max(before, most));

            int least = rollout.wanted() - rollout.limits().maxUnavailable();
            int availableBefore = certainlyAvailable(rollout, Map.of());
            int availableAfter = certainlyAvailable(rollout, withoutGrowth(rollout, sizes));
            if (availableAfter < availableBefore && Rollout.size(current) <= rollout.wanted()) {
                assertThat(availableAfter).as("available, seed %s", seed).isGreaterThanOrEqualTo(least);
            }
        }
    }

    @Test
    void alwaysEndsWithNothingButTheNewTemplateOncePodsBecomeAvailable() {
        for (int seed = 0; seed < STATES / 20; seed++) {
            Rollout rollout = randomRollout(new Random(seed));
            int rounds = 0;
            while (!RolloutPlan.isComplete(rollout)) {
                assertThat(rounds++).as("rounds, seed %s", seed).isLessThan(200);
                rollout = settled(applied(rollout));
            }
            assertThat(Rollout.size(rollout.old())).isZero();
        }
    }

    @Test
    void roundsPercentagesOfSurgeUpAndOfMissingPodsDown() {
        assertThat(limits(10, "25%", "25%")).isEqualTo(new RolloutLimits(3, 2));
        assertThat(limits(1, "25%", "25%")).isEqualTo(new RolloutLimits(1, 0));
        assertThat(limits(3, "0", "10%")).as("neither may come to nothing").isEqualTo(new RolloutLimits(0, 1));
        assertThat(limits(2, "1", "5")).as("no more than there are").isEqualTo(new RolloutLimits(1, 2));
    }

    @Test
    void aSetThatHasNotToldOfItsShrinkingLeavesNoRoom() {
        Deployment web = deployment(3, "1", "0");
        ReplicaSet old = set("old", 1, 2, 3, 3).withMetadata(meta("old", 1, 5));
        ReplicaSet current = current(web, 2, 1);
        Rollout rollout = Rollout.of(web, List.of(old, current));
        assertThat(RollingUpdate.resize(rollout, rollout.current())).isEmpty();
    }

    @Test
    void hashesTheContentOfATemplateAndNotTheOrderOfItsLabels() {
        PodTemplateSpec template = deployment(1, "1", "0").spec().template();
        String hash = TemplateHash.of(template, null);
        assertThat(hash).matches("[bcdfghjklmnpqrstvwxz2456789]{1,10}");
        PodTemplateSpec one = labelled(template, Map.of("a", "1"), Map.of("b", "2"));
        PodTemplateSpec other = labelled(template, Map.of("b", "2"), Map.of("a", "1"));
        assertThat(TemplateHash.of(one, null))
                .isEqualTo(TemplateHash.of(other, null))
                .isNotEqualTo(hash);
        assertThat(TemplateHash.of(template, 1)).isNotEqualTo(hash);
    }

    private static PodTemplateSpec labelled(
            PodTemplateSpec template, Map<String, String> first, Map<String, String> second) {
        Map<String, String> labels = new LinkedHashMap<>(first);
        labels.putAll(second);
        return template.withMetadata(template.metadata().withLabels(labels));
    }

    /** What is surely available after the shrinking, when each set gives up pods that are of no use first. */
    private static int certainlyAvailable(Rollout rollout, Map<ReplicaSet, Integer> sizes) {
        return rollout.all().stream()
                .mapToInt(set -> Math.min(Rollout.available(set), sizes.getOrDefault(set, Rollout.size(set))))
                .sum();
    }

    private static Map<ReplicaSet, Integer> withoutGrowth(Rollout rollout, Map<ReplicaSet, Integer> sizes) {
        Map<ReplicaSet, Integer> shrunk = new HashMap<>(sizes);
        rollout.all().forEach(set -> shrunk.computeIfPresent(set, (key, size) -> Math.min(size, Rollout.size(set))));
        return shrunk;
    }

    private static Rollout applied(Rollout rollout) {
        Rollout after = rollout;
        for (Step step : RolloutPlan.of(rollout, false)) {
            if (step instanceof Step.Resize resize) {
                after = after.with(resize.set());
            } else if (step instanceof Step.Annotate annotate) {
                after = after.with(annotate.set());
            } else if (step instanceof Step.Remove remove) {
                after = after.without(remove.set());
            }
        }
        return after;
    }

    private static Rollout settled(Rollout rollout) {
        Rollout after = rollout;
        for (ReplicaSet set : rollout.all()) {
            int size = Rollout.size(set);
            after = after.with(set.withStatus(ReplicaSetStatusBuilder.builder(set.status())
                    .replicas(size)
                    .readyReplicas(size)
                    .availableReplicas(size)
                    .observedGeneration(set.metadata().generation())
                    .build()));
        }
        return after;
    }

    private static Rollout randomRollout(Random random) {
        int replicas = random.nextInt(10);
        Deployment web = deployment(
                replicas,
                random.nextBoolean() ? Integer.toString(random.nextInt(4)) : random.nextInt(100) + "%",
                random.nextBoolean() ? Integer.toString(random.nextInt(4)) : random.nextInt(100) + "%");
        List<ReplicaSet> sets = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            int size = random.nextInt(6);
            sets.add(set("old" + i, i, size, size + random.nextInt(2), random.nextInt(size + 1)));
        }
        int size = random.nextInt(10);
        sets.add(current(web, size, random.nextInt(size + 1)));
        return Rollout.of(web, sets);
    }

    private static Deployment deployment(int replicas, String surge, String unavailable) {
        return Deployment.named("web")
                .replicas(replicas)
                .container("web", "nginx:new")
                .maxSurge(surge)
                .maxUnavailable(unavailable)
                .build();
    }

    private static RolloutLimits limits(int replicas, String surge, String unavailable) {
        return RolloutLimits.of(deployment(replicas, surge, unavailable).spec());
    }

    private static ReplicaSet current(Deployment web, int size, int available) {
        ReplicaSet set = set("new", 9, size, size, available);
        return set.withSpec(set.spec().withTemplate(web.spec().template()));
    }

    private static ReplicaSet set(String name, int age, int size, int replicas, int available) {
        return ReplicaSetBuilder.builder()
                .metadata(meta(name, age, 1))
                .spec(ReplicaSetSpecBuilder.builder().replicas(size).build())
                .status(ReplicaSetStatusBuilder.builder()
                        .replicas(replicas)
                        .availableReplicas(available)
                        .observedGeneration(1)
                        .build())
                .build();
    }

    private static ObjectMeta meta(String name, int age, long generation) {
        return ObjectMetaBuilder.builder()
                .name(name)
                .uid(name)
                .generation(generation)
                .creationTimestamp(Time.of(Instant.ofEpochSecond(1000 + age)))
                .build();
    }
}
