package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.autoscaling.ContainerResourceMetricSource;
import io.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import io.orchestrator.api.model.autoscaling.ExternalMetricSource;
import io.orchestrator.api.model.autoscaling.HPAScalingPolicy;
import io.orchestrator.api.model.autoscaling.HPAScalingPolicyType;
import io.orchestrator.api.model.autoscaling.HPAScalingRules;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBehavior;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerStatus;
import io.orchestrator.api.model.autoscaling.MetricSourceType;
import io.orchestrator.api.model.autoscaling.MetricSpec;
import io.orchestrator.api.model.autoscaling.MetricSpecBuilder;
import io.orchestrator.api.model.autoscaling.MetricTargetBuilder;
import io.orchestrator.api.model.autoscaling.MetricTargetType;
import io.orchestrator.api.model.autoscaling.ObjectMetricSource;
import io.orchestrator.api.model.autoscaling.PodsMetricSource;
import io.orchestrator.api.model.autoscaling.ScalingPolicySelect;
import io.orchestrator.api.model.core.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Autoscalers follow their metrics, no faster than they may, and stand still where they cannot know. */
class AutoscalerSimTest {
    private static final String ABLE = "AbleToScale";
    private static final String ACTIVE = "ScalingActive";
    private static final String LIMITED = "ScalingLimited";

    @Test
    void growsUntilEachPodUsesWhatIsWantedAndRestsThen() throws Exception {
        try (Autoscaled web = new Autoscaled().load(300).begin(1, 1, 10)) {
            web.sim.advance(Duration.ofSeconds(3));
            assertThat(web.replicas()).as("no faster than to four").isEqualTo(4);
            assertThat(web.condition(LIMITED))
                    .isEqualTo("True/ScaleUpLimit: the desired replica count is increasing faster than the maximum"
                            + " scale rate");
            web.sim.settle();
            assertThat(web.replicas()).isEqualTo(6);
            HorizontalPodAutoscalerStatus status = web.scaler().status();
            assertThat(status.currentReplicas()).isEqualTo(6);
            assertThat(status.desiredReplicas()).isEqualTo(6);
            assertThat(status.lastScaleTime()).isNotNull();
            assertThat(Objects.requireNonNull(status.currentMetrics().get(0).resource())
                            .current()
                            .averageUtilization())
                    .isEqualTo(50);
            assertThat(web.events())
                    .contains("SuccessfulRescale: New size: 4; reason: cpu resource utilization (percentage of"
                            + " request) above target")
                    .anyMatch(event -> event.startsWith("SuccessfulRescale: New size: 6;"));
            assertThat(web.condition(ABLE)).isEqualTo("True/ReadyForNewScale: recommended size matches current size");
            assertThat(web.condition(ACTIVE))
                    .isEqualTo("True/ValidMetricFound: the HPA was able to successfully calculate a replica count"
                            + " from cpu resource utilization (percentage of request)");
            assertThat(web.condition(LIMITED))
                    .isEqualTo("False/DesiredWithinRange: the desired count is within the acceptable range");
            web.cluster.mustRestFor(Duration.ofMinutes(10));
        }
    }

    @Test
    void aSmallDifferenceChangesNothing() throws Exception {
        try (Autoscaled web = new Autoscaled().load(109).begin(2, 1, 10)) {
            web.sim.advance(Duration.ofMinutes(10));
            assertThat(web.replicas()).isEqualTo(2);
            web.load(112);
            web.sim.settle();
            assertThat(web.replicas()).isEqualTo(3);
        }
    }

    @Test
    void shrinksWhenLessWasWantedForFiveMinutes() throws Exception {
        try (Autoscaled web = new Autoscaled().load(300).begin(6, 1, 10)) {
            web.sim.advance(Duration.ofMinutes(2));
            web.load(100);
            web.sim.advance(Duration.ofMinutes(4));
            assertThat(web.replicas()).isEqualTo(6);
            assertThat(web.condition(ABLE))
                    .isEqualTo("True/ScaleDownStabilized: recent recommendations were higher than current one,"
                            + " applying the highest recent recommendation");
            web.sim.time().jump(Duration.ofHours(2));
            web.sim.advance(Duration.ofSeconds(40));
            assertThat(web.replicas()).as("a clock that jumps passes no time").isEqualTo(6);
            web.sim.advance(Duration.ofMinutes(1));
            assertThat(web.replicas()).isEqualTo(2);
            assertThat(web.events()).contains("SuccessfulRescale: New size: 2; reason: All metrics below target");
        }
    }

    @Test
    void aLoadThatComesAndGoesKeepsTheSizeOfItsPeaks() throws Exception {
        try (Autoscaled web = new Autoscaled().load(200).begin(2, 1, 10)) {
            for (int i = 0; i < 40; i++) {
                web.load(i % 2 == 0 ? 400 : 40);
                web.sim.advance(Duration.ofSeconds(45));
            }
            assertThat(web.replicas()).isBetween(7, 9);
            assertThat(web.events().stream().filter(event -> event.startsWith("SuccessfulRescale")))
                    .hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void growsByNoMoreThanItsPoliciesAllowInTheirPeriod() throws Exception {
        HPAScalingRules slowly =
                new HPAScalingRules(0, ScalingPolicySelect.MAX, List.of(policy(HPAScalingPolicyType.PODS, 2, 60)));
        try (Autoscaled web = new Autoscaled()
                .load(1000)
                .begin(1, 1, 10, spec -> spec.behavior(new HorizontalPodAutoscalerBehavior(slowly, null)))) {
            List<Integer> sizes = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                web.sim.advance(Duration.ofSeconds(i == 0 ? 10 : 60));
                sizes.add(web.replicas());
            }
            assertThat(sizes).containsExactly(3, 5, 7, 9, 10, 10);
            assertThat(web.condition(LIMITED))
                    .isEqualTo("True/TooManyReplicas: the desired replica count is more than the maximum replica"
                            + " count");
        }
    }

    @Test
    void theMostCautiousPolicyDecidesWhereItIsAskedFor() throws Exception {
        HPAScalingRules down = new HPAScalingRules(
                0,
                ScalingPolicySelect.MIN,
                List.of(policy(HPAScalingPolicyType.PODS, 3, 60), policy(HPAScalingPolicyType.PERCENT, 10, 60)));
        try (Autoscaled web = new Autoscaled()
                .load(10)
                .begin(10, 1, 10, spec -> spec.behavior(new HorizontalPodAutoscalerBehavior(null, down)))) {
            web.sim.advance(Duration.ofSeconds(50));
            assertThat(web.replicas()).isEqualTo(9);
            assertThat(web.condition(LIMITED))
                    .isEqualTo("True/ScaleDownLimit: the desired replica count is decreasing faster than the maximum"
                            + " scale rate");
            web.sim.advance(Duration.ofSeconds(60));
            assertThat(web.replicas()).isEqualTo(8);
        }
    }

    @Test
    void aDirectionMayBeForbidden() throws Exception {
        HPAScalingRules never = new HPAScalingRules(0, ScalingPolicySelect.DISABLED, List.of());
        try (Autoscaled web = new Autoscaled()
                .load(10)
                .begin(5, 1, 10, spec -> spec.behavior(new HorizontalPodAutoscalerBehavior(null, never)))) {
            web.sim.advance(Duration.ofMinutes(20));
            assertThat(web.replicas()).isEqualTo(5);
        }
    }

    @Test
    void waitsBeforeItGrowsWhereItIsAskedTo() throws Exception {
        HPAScalingRules calmly = new HPAScalingRules(
                120, ScalingPolicySelect.MAX, List.of(policy(HPAScalingPolicyType.PERCENT, 900, 15)));
        try (Autoscaled web = new Autoscaled()
                .load(100)
                .begin(2, 1, 10, spec -> spec.behavior(new HorizontalPodAutoscalerBehavior(calmly, null)))) {
            web.sim.advance(Duration.ofMinutes(3));
            web.load(300);
            web.sim.advance(Duration.ofSeconds(100));
            assertThat(web.replicas()).isEqualTo(2);
            assertThat(web.condition(ABLE)).startsWith("True/ScaleUpStabilized");
            web.sim.advance(Duration.ofSeconds(40));
            assertThat(web.replicas()).isEqualTo(6);
        }
    }

    @Test
    void withoutMetricsItStandsStillAndSaysWhy() throws Exception {
        try (Autoscaled web = new Autoscaled().load(300)) {
            web.measuring(false);
            web.begin(2, 1, 10);
            web.sim.advance(Duration.ofMinutes(10));
            assertThat(web.replicas()).isEqualTo(2);
            String why =
                    "failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics"
                            + " from resource metrics API: the server could not find the requested resource";
            assertThat(web.condition(ACTIVE))
                    .isEqualTo(
                            "False/FailedGetResourceMetric: the HPA was unable to compute the replica count: " + why);
            assertThat(web.events())
                    .contains(
                            "FailedGetResourceMetric: " + why,
                            "FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first error is: failed"
                                    + " to get cpu resource metric value: " + why);
            assertThat(web.scaler().status().currentMetrics()).isEmpty();
            web.measuring(true);
            web.sim.settle();
            assertThat(web.replicas()).isEqualTo(6);
        }
    }

    @Test
    void aMetricThatCannotBeHadKeepsTheOthersFromShrinkingButNotFromGrowing() throws Exception {
        MetricSpec queue = MetricSpecBuilder.builder()
                .type(MetricSourceType.EXTERNAL)
                .external(new ExternalMetricSource(Autoscaled.REQUESTS, Autoscaled.average("10")))
                .build();
        try (Autoscaled web =
                new Autoscaled().load(10).begin(4, 1, 10, spec -> spec.metrics(List.of(queue, Autoscaled.cpu(50))))) {
            web.sim.advance(Duration.ofMinutes(20));
            assertThat(web.replicas()).isEqualTo(4);
            assertThat(web.condition(ACTIVE)).startsWith("False/FailedGetExternalMetric");
            web.load(250);
            web.sim.advance(Duration.ofSeconds(30));
            assertThat(web.replicas()).isEqualTo(5);
            assertThat(web.condition(ACTIVE)).startsWith("True/ValidMetricFound");
            assertThat(web.scaler().status().currentMetrics()).hasSize(2);
        }
    }

    @Test
    void podsThatWereNotMeasuredMakeForTheSmallerChange() throws Exception {
        try (Autoscaled web = new Autoscaled().load(80)) {
            String[] unmeasured = {""};
            web.notMeasuring(pod -> name(pod).equals(unmeasured[0]));
            web.begin(4, 1, 10);
            web.sim.advance(Duration.ofSeconds(5));
            unmeasured[0] = name(web.cluster.pods().get(0));
            web.sim.advance(Duration.ofMinutes(8));
            assertThat(web.replicas())
                    .as("three at 20 %%, and the fourth might be at 100 %%: 40 %% of the wanted 50 %%")
                    .isEqualTo(4);
            unmeasured[0] = "";
            web.sim.advance(Duration.ofMinutes(6));
            assertThat(web.replicas()).isEqualTo(2);
        }
    }

    @Test
    void whatAPodUsesWhileItStartsCountsForNothing() throws Exception {
        try (Autoscaled web = new Autoscaled().load(180)) {
            web.begin(2, 1, 10);
            web.sim.advance(Duration.ofSeconds(5));
            assertThat(web.replicas()).isEqualTo(4);
            web.sim.advance(Duration.ofSeconds(17));
            assertThat(web.replicas())
                    .as("two new ones are ready for less than the window of their measurement")
                    .isEqualTo(4);
            web.sim.settle();
            assertThat(web.replicas()).isEqualTo(4);
        }
    }

    @Test
    void aTargetOfNoneIsLeftAlone() throws Exception {
        try (Autoscaled web = new Autoscaled().load(300).begin(0, 1, 10)) {
            web.sim.advance(Duration.ofMinutes(2));
            assertThat(web.replicas()).isZero();
            assertThat(web.condition(ACTIVE))
                    .isEqualTo("False/ScalingDisabled: scaling is disabled since the replica count of the target is"
                            + " zero");
        }
    }

    @Test
    void aSizeOutOfBoundsIsMendedWithoutMetrics() throws Exception {
        try (Autoscaled web = new Autoscaled()) {
            web.measuring(false);
            web.begin(1, 3, 5);
            web.sim.advance(Duration.ofSeconds(5));
            assertThat(web.replicas()).isEqualTo(3);
            web.sim
                    .client()
                    .deployments()
                    .edit("web", each -> each.withSpec(each.spec().withReplicas(8)));
            web.sim.advance(Duration.ofSeconds(20));
            assertThat(web.replicas()).isEqualTo(5);
            assertThat(web.events())
                    .contains(
                            "SuccessfulRescale: New size: 3; reason: Current number of replicas below"
                                    + " Spec.MinReplicas",
                            "SuccessfulRescale: New size: 5; reason: Current number of replicas above"
                                    + " Spec.MaxReplicas");
        }
    }

    @Test
    void goesByAMetricOfItsPodsOfAnotherObjectAndOfSomethingOutside() throws Exception {
        MetricSpec ofPods = MetricSpecBuilder.builder()
                .type(MetricSourceType.PODS)
                .pods(new PodsMetricSource(Autoscaled.REQUESTS, Autoscaled.average("10")))
                .build();
        MetricSpec ofService = MetricSpecBuilder.builder()
                .type(MetricSourceType.OBJECT)
                .object(new ObjectMetricSource(
                        new CrossVersionObjectReference("Service", "web", "v1"),
                        Autoscaled.value("10"),
                        Autoscaled.REQUESTS))
                .build();
        MetricSpec ofQueue = MetricSpecBuilder.builder()
                .type(MetricSourceType.EXTERNAL)
                .external(new ExternalMetricSource(Autoscaled.REQUESTS, Autoscaled.average("5")))
                .build();
        assertThat(sized(ofPods, "15")).as("two pods with 15 of 10").isEqualTo("3 pods metric requests above target");
        assertThat(sized(ofService, "20"))
                .as("twice what is wanted")
                .isEqualTo("4 Service metric requests above target");
        assertThat(sized(ofQueue, "7500m"))
                .as("two series of 7.5, five for each pod")
                .isEqualTo("3 external metric requests above target");
    }

    private static String sized(MetricSpec metric, String value) throws Exception {
        try (Autoscaled web = new Autoscaled()) {
            web.requests = Quantity.parse(value);
            web.begin(2, 1, 10, spec -> spec.metrics(List.of(metric)));
            web.sim.advance(Duration.ofSeconds(5));
            assertThat(web.scaler().status().currentMetrics().get(0).type()).isEqualTo(metric.type());
            return web.replicas() + " "
                    + web.events().stream()
                            .filter(event -> event.startsWith("SuccessfulRescale"))
                            .map(event -> event.substring(event.indexOf("reason: ") + "reason: ".length()))
                            .findFirst()
                            .orElse("");
        }
    }

    @Test
    void goesByOneContainerAlone() throws Exception {
        MetricSpec web = MetricSpecBuilder.builder()
                .type(MetricSourceType.CONTAINER_RESOURCE)
                .containerResource(new ContainerResourceMetricSource(
                        "cpu",
                        MetricTargetBuilder.builder()
                                .type(MetricTargetType.UTILIZATION)
                                .averageUtilization(50)
                                .build(),
                        "web"))
                .build();
        try (Autoscaled cluster = new Autoscaled().load(100).begin(2, 1, 10, spec -> spec.metrics(List.of(web)))) {
            cluster.sim.settle();
            assertThat(cluster.replicas()).as("the container requests 50m").isEqualTo(4);
        }
    }

    @Test
    void whatHasNoScaleIsNamed() throws Exception {
        try (Autoscaled web = new Autoscaled()) {
            web.scaler("web", 1, 3, spec -> spec);
            web.sim.advance(Duration.ofSeconds(5));
            assertThat(web.condition(ABLE))
                    .isEqualTo("False/FailedGetScale: the HPA controller was unable to get the target's current scale:"
                            + " deployments.apps \"web\" not found");
            assertThat(web.events()).contains("FailedGetScale: deployments.apps \"web\" not found");
        }
    }

    @Test
    void twoAutoscalersOfOneTargetBothStandStill() throws Exception {
        try (Autoscaled web = new Autoscaled().load(300).begin(2, 1, 3)) {
            web.scaler("other", 1, 10, spec -> spec);
            web.sim.advance(Duration.ofMinutes(1));
            assertThat(web.condition(ACTIVE))
                    .isEqualTo("False/AmbiguousSelector: pods by selector app=web are controlled by multiple HPAs:"
                            + " [default/other default/web]");
        }
    }

    @Test
    void aRestartForgetsNoMoreThanItMay() throws Exception {
        try (Autoscaled web = new Autoscaled().load(300).begin(6, 1, 10)) {
            web.sim.advance(Duration.ofMinutes(2));
            web.load(100);
            web.sim.advance(Duration.ofMinutes(4));
            web.cluster.controllers.crash();
            web.sim.advance(Duration.ofMinutes(4));
            assertThat(web.replicas()).as("the window begins anew").isEqualTo(6);
            web.sim.advance(Duration.ofMinutes(2));
            assertThat(web.replicas()).isEqualTo(2);
        }
    }

    @Test
    void goesOnAtItsPaceHoweverLongNothingCouldBeDone() throws Exception {
        try (Autoscaled web = new Autoscaled().load(100).begin(2, 1, 10)) {
            web.sim.advance(Duration.ofMinutes(1));
            web.cluster.controllers.faults().partition();
            web.sim.advance(Duration.ofHours(2));
            web.load(300);
            web.cluster.controllers.faults().heal();
            web.sim.advance(Duration.ofSeconds(20));
            assertThat(web.replicas()).isEqualTo(4);
        }
    }

    @Test
    void endsAtTheSameSizeWhereverItDiesAndThoughAnyEventIsLate() throws Exception {
        int writes = new CrashPoints<>(() -> new Autoscaled().load(300), web -> web.cluster.controllers, web -> {
                    web.begin(1, 1, 10);
                    web.sim.settle();
                    web.cluster.mustRestFor(Duration.ofMinutes(5));
                    return web.replicas() + " " + web.scaler().status().desiredReplicas() + " " + web.condition(LIMITED)
                            + " " + web.condition(ACTIVE);
                })
                .forEachWriteAndEvent();
        assertThat(writes).isGreaterThan(10);
    }

    @Test
    void endsAtTheSameSizeThoughMuchGoesWrong() throws Exception {
        for (long seed = 0; seed < 10; seed++) {
            try (Autoscaled web = new Autoscaled(Simulation.seeded(seed))) {
                web.sim.components().forEach(each -> each.faults().rates(FaultRates.rough()));
                web.load(300).begin(1, 1, 10);
                web.sim.invariant(
                        "within its bounds",
                        client -> assertThat(web.replicas()).isBetween(1, 6));
                web.sim.advance(Duration.ofMinutes(3));
                web.sim.components().forEach(each -> each.faults().rates(FaultRates.none()));
                web.sim.settle();
                assertThat(web.replicas()).as("seed %s", seed).isEqualTo(6);
            }
        }
    }

    private static HPAScalingPolicy policy(String type, int value, int seconds) {
        return new HPAScalingPolicy(type, value, seconds);
    }

    private static String name(Pod pod) {
        return pod.metadata().name();
    }
}
