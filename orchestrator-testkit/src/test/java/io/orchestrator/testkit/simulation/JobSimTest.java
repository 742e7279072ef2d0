package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.batch.CompletionMode;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobDraft;
import io.orchestrator.api.model.batch.JobStatus;
import io.orchestrator.api.model.batch.PodFailurePolicy;
import io.orchestrator.api.model.batch.PodFailurePolicyAction;
import io.orchestrator.api.model.batch.PodFailurePolicyOnExitCodesOperator;
import io.orchestrator.api.model.batch.PodFailurePolicyOnExitCodesRequirement;
import io.orchestrator.api.model.batch.PodFailurePolicyRuleBuilder;
import io.orchestrator.api.model.batch.SuccessPolicy;
import io.orchestrator.api.model.batch.SuccessPolicyRuleBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.job.JobReconciler;
import io.orchestrator.core.control.ttlafterfinished.TtlAfterFinishedReconciler;
import io.orchestrator.testkit.simulation.KubeletStub.End;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Jobs run to their end and count exactly, whatever goes wrong. */
class JobSimTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 60);
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    @Test
    void runsItsPodsToTheEndAndSaysSo() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(job().completions(5).parallelism(2).build());
            cluster.sim.invariant(
                    "never more than two at a time",
                    client -> assertThat(cluster.activePods()).hasSizeLessThanOrEqualTo(2));
            cluster.sim.settle();
            JobStatus status = get(cluster).status();
            assertThat(status.succeeded()).isEqualTo(5);
            assertThat(status.failed()).isZero();
            assertThat(status.active()).isZero();
            assertThat(status.startTime()).isNotNull();
            assertThat(status.completionTime()).isNotNull();
            assertThat(conditions(cluster))
                    .containsExactly("SuccessCriteriaMet/CompletionsReached", "Complete/CompletionsReached");
            assertThat(cluster.pods())
                    .hasSize(5)
                    .allMatch(pod -> pod.metadata().finalizers().isEmpty());
            assertThat(cluster.events())
                    .contains("job-controller/Completed: Job completed")
                    .anyMatch(event -> event.startsWith("job-controller/SuccessfulCreate: Created pod: work-"));
            cluster.mustRestFor(Duration.ofMinutes(30));
        }
    }

    @Test
    void givesEachPodOfAnIndexedJobItsIndex() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim.client().create(indexed(4, 4).build());
            cluster.sim.settle();
            assertThat(get(cluster).status().completedIndexes()).isEqualTo("0-3");
            assertThat(cluster.pods())
                    .extracting(pod -> pod.metadata().annotations().get(INDEX) + " "
                            + pod.metadata().labels().get(INDEX) + " "
                            + pod.spec().hostname() + " "
                            + pod.spec().containers().get(0).env().get(0).name())
                    .containsExactlyInAnyOrder(
                            "0 0 work-0 JOB_COMPLETION_INDEX",
                            "1 1 work-1 JOB_COMPLETION_INDEX",
                            "2 2 work-2 JOB_COMPLETION_INDEX",
                            "3 3 work-3 JOB_COMPLETION_INDEX");
        }
    }

    @Test
    void triesAgainEverMoreSlowlyAndGivesUpAtItsLimit() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.ending(pod -> Optional.of(new End(Duration.ofSeconds(1), 1)));
            cluster.sim.client().create(job().backoffLimit(3).build());
            cluster.sim.settle();
            assertThat(get(cluster).status().failed()).isEqualTo(4);
            assertThat(conditions(cluster))
                    .containsExactly("FailureTarget/BackoffLimitExceeded", "Failed/BackoffLimitExceeded");
            List<Long> created = cluster.pods().stream()
                    .map(pod -> Objects.requireNonNull(pod.metadata().creationTimestamp())
                            .instant()
                            .getEpochSecond())
                    .sorted()
                    .toList();
            assertThat(created.get(1) - created.get(0)).isBetween(10L, 20L);
            assertThat(created.get(2) - created.get(1)).isBetween(20L, 30L);
            assertThat(created.get(3) - created.get(2)).isBetween(40L, 50L);
            assertThat(cluster.events())
                    .contains("job-controller/BackoffLimitExceeded: Job has reached the specified backoff limit");
            cluster.mustRestFor(Duration.ofMinutes(30));
        }
    }

    @Test
    void limitsTheFailuresOfEachIndexByItself() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.ending(pod -> Optional.of(new End(
                    Duration.ofSeconds(1), "1".equals(pod.metadata().labels().get(INDEX)) ? 1 : 0)));
            cluster.sim
                    .client()
                    .create(indexed(3, 3)
                            .spec(spec -> spec.backoffLimitPerIndex(2))
                            .build());
            cluster.sim.settle();
            JobStatus status = get(cluster).status();
            assertThat(status.failedIndexes()).isEqualTo("1");
            assertThat(status.completedIndexes()).isEqualTo("0,2");
            assertThat(status.failed()).isEqualTo(3);
            assertThat(conditions(cluster)).containsExactly("FailureTarget/FailedIndexes", "Failed/FailedIndexes");
            assertThat(cluster.pods())
                    .allMatch(pod -> pod.metadata().finalizers().isEmpty());
        }
    }

    @Test
    void obeysTheRulesForSingleFailures() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            Map<String, Integer> tries = new HashMap<>();
            cluster.ending(pod -> {
                int tried = tries.computeIfAbsent(pod.metadata().uid(), uid -> tries.size());
                return Optional.of(new End(Duration.ofSeconds(1), tried < 3 ? 7 : 42));
            });
            cluster.sim
                    .client()
                    .create(job().backoffLimit(1)
                            .spec(spec -> spec.podFailurePolicy(new PodFailurePolicy(List.of(
                                    PodFailurePolicyRuleBuilder.builder()
                                            .action(PodFailurePolicyAction.IGNORE)
                                            .onExitCodes(codes(7))
                                            .build(),
                                    PodFailurePolicyRuleBuilder.builder()
                                            .action(PodFailurePolicyAction.FAIL_JOB)
                                            .onExitCodes(codes(42))
                                            .build()))))
                            .build());
            cluster.sim.settle();
            assertThat(get(cluster).status().failed())
                    .as("three failures were ignored")
                    .isEqualTo(1);
            assertThat(conditions(cluster))
                    .containsExactly("FailureTarget/PodFailurePolicy", "Failed/PodFailurePolicy");
            assertThat(cluster.pods()).hasSize(4);
            assertThat(cluster.events())
                    .anyMatch(event -> event.contains("failed with exit code 42 matching FailJob rule at index 1"));
        }
    }

    @Test
    void isDoneEarlyWhenItsSuccessPolicyIsMet() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.ending(pod -> "0".equals(pod.metadata().labels().get(INDEX))
                    ? Optional.of(new End(Duration.ofSeconds(1), 0))
                    : Optional.empty());
            cluster.sim
                    .client()
                    .create(indexed(3, 3)
                            .spec(spec ->
                                    spec.successPolicy(new SuccessPolicy(List.of(SuccessPolicyRuleBuilder.builder()
                                            .succeededIndexes("0")
                                            .build()))))
                            .build());
            cluster.sim.settle();
            assertThat(get(cluster).status().completedIndexes()).isEqualTo("0");
            assertThat(get(cluster).status().failed()).isZero();
            assertThat(conditions(cluster))
                    .containsExactly("SuccessCriteriaMet/SuccessPolicy", "Complete/SuccessPolicy");
            assertThat(cluster.activePods()).isEmpty();
        }
    }

    @Test
    void failsAtItsDeadlineAndStopsWhatRuns() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.ending(pod -> Optional.empty());
            cluster.sim
                    .client()
                    .create(job().parallelism(2)
                            .completions(2)
                            .spec(spec -> spec.activeDeadlineSeconds(60L))
                            .build());
            cluster.sim.advance(Duration.ofSeconds(50));
            assertThat(cluster.activePods()).hasSize(2);
            cluster.sim.settle();
            assertThat(conditions(cluster))
                    .containsExactly("FailureTarget/DeadlineExceeded", "Failed/DeadlineExceeded");
            assertThat(get(cluster).status().failed()).isEqualTo(2);
            assertThat(cluster.activePods()).isEmpty();
        }
    }

    @Test
    void countsNoFailureWhenItIsSuspendedAndGoesOnWhenItIsResumed() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.ending(pod -> Optional.empty());
            cluster.sim.client().create(job().parallelism(2).completions(2).build());
            cluster.sim.settle();
            suspend(cluster, true);
            cluster.sim.settle();
            assertThat(cluster.pods()).isEmpty();
            assertThat(get(cluster).status().failed()).isZero();
            assertThat(conditions(cluster)).containsExactly("Suspended/JobSuspended");
            cluster.ending(pod -> Optional.of(new End(Duration.ofSeconds(1), 0)));
            suspend(cluster, false);
            cluster.sim.settle();
            assertThat(get(cluster).status().succeeded()).isEqualTo(2);
            assertThat(cluster.events())
                    .contains("job-controller/Suspended: Job suspended", "job-controller/Resumed: Job resumed");
        }
    }

    @Test
    void hasItsWholeDeadlineAgainWhenItIsResumed() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.ending(pod -> Optional.empty());
            cluster.sim
                    .client()
                    .create(job().spec(spec -> spec.activeDeadlineSeconds(60L)).build());
            cluster.sim.advance(Duration.ofSeconds(50));
            Time first = get(cluster).status().startTime();
            suspend(cluster, true);
            cluster.sim.advance(Duration.ofMinutes(10));
            assertThat(conditions(cluster)).containsExactly("Suspended/JobSuspended");
            suspend(cluster, false);
            cluster.sim.advance(Duration.ofSeconds(50));
            assertThat(get(cluster).status().startTime()).isGreaterThan(first);
            assertThat(conditions(cluster)).isEmpty();
            assertThat(cluster.activePods()).hasSize(1);
            cluster.sim.advance(Duration.ofSeconds(20));
            assertThat(conditions(cluster)).contains("Failed/DeadlineExceeded");
        }
    }

    @Test
    void givesAnIndexUpAtOnceWhereARuleSaysSo() throws Exception {
        try (Workloads cluster = givingUp(null)) {
            assertThat(get(cluster).status().failedIndexes()).isEqualTo("1");
            assertThat(get(cluster).status().failed()).isEqualTo(1);
            assertThat(conditions(cluster)).isEmpty();
            assertThat(cluster.activePods()).as("the others go on").hasSize(2);
        }
    }

    @Test
    void failsWhenMoreIndexesFailedThanMay() throws Exception {
        try (Workloads cluster = givingUp(0)) {
            assertThat(conditions(cluster))
                    .containsExactly("FailureTarget/MaxFailedIndexesExceeded", "Failed/MaxFailedIndexesExceeded");
            assertThat(get(cluster).status().failedIndexes()).isEqualTo("1");
            assertThat(cluster.activePods()).isEmpty();
            assertThat(cluster.events())
                    .contains(
                            "job-controller/MaxFailedIndexesExceeded: Job has exceeded the specified maximal number of"
                                    + " failed indexes");
        }
    }

    /** Of three indexes the second fails in such a way that a rule gives it up, though it might be tried five times more. */
    private static Workloads givingUp(@Nullable Integer most) {
        Workloads cluster = cluster(Simulation.inOrder());
        cluster.ending(pod -> "1".equals(pod.metadata().labels().get(INDEX))
                ? Optional.of(new End(Duration.ofSeconds(1), 42))
                : Optional.empty());
        cluster.sim
                .client()
                .create(indexed(3, 3)
                        .spec(spec -> spec.backoffLimitPerIndex(5)
                                .maxFailedIndexes(most)
                                .podFailurePolicy(new PodFailurePolicy(List.of(PodFailurePolicyRuleBuilder.builder()
                                        .action(PodFailurePolicyAction.FAIL_INDEX)
                                        .onExitCodes(codes(42))
                                        .build()))))
                        .build());
        cluster.sim.settle();
        return cluster;
    }

    @Test
    void letsGoOfThePodsOfAJobThatIsGone() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.ending(pod -> Optional.empty());
            cluster.sim.client().create(job().parallelism(2).completions(2).build());
            cluster.sim.settle();
            cluster.sim
                    .client()
                    .resources(Job.TYPE)
                    .delete("work", DeleteOptions.defaults().grace(0).propagate(DeleteOptions.Propagation.BACKGROUND));
            cluster.sim.settle();
            assertThat(cluster.pods())
                    .hasSize(2)
                    .allMatch(pod -> pod.metadata().finalizers().isEmpty());
        }
    }

    @Test
    void isKeptAfterItsEndForAsLongAsItAsks() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.sim
                    .client()
                    .create(job().spec(spec -> spec.ttlSecondsAfterFinished(600))
                            .build());
            cluster.sim.settle();
            cluster.sim.advance(Duration.ofMinutes(7));
            assertThat(get(cluster).metadata().deletionTimestamp()).isNull();
            cluster.sim.advance(Duration.ofMinutes(3));
            assertThat(get(cluster).metadata().deletionTimestamp())
                    .as("nobody plays the garbage collector here, which would take the last finalizer away")
                    .isNotNull();
        }
    }

    @Test
    void endsWithTheSameCountsAfterACrashAtAnyWriteAndThoughAnyEventIsLate() throws Exception {
        int writes = new CrashPoints<>(
                        () -> cluster(Simulation.inOrder()).ending(new Flaky(2)::end),
                        cluster -> cluster.controllers,
                        cluster -> {
                            cluster.sim
                                    .client()
                                    .create(job().completions(3).parallelism(1).build());
                            cluster.sim.settle();
                            JobStatus status = get(cluster).status();
                            return status.succeeded() + " " + status.failed() + " " + conditions(cluster) + " "
                                    + cluster.pods().size();
                        })
                .forEachWriteAndEvent();
        assertThat(writes).isGreaterThan(15);
    }

    @Test
    void countsExactlyWhateverGoesWrong() throws Exception {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            live(one);
            return;
        }
        for (long seed = 0; seed < SEEDS; seed++) {
            live(seed);
        }
    }

    private static void live(long seed) throws Exception {
        try (Workloads cluster = cluster(Simulation.seeded(seed))) {
            Random random = cluster.sim.random();
            Map<String, Integer> ended = new HashMap<>();
            int failing = random.nextInt(3);
            cluster.ending(pod -> {
                int code = ended.computeIfAbsent(
                        pod.metadata().uid(), uid -> Math.floorMod(uid.hashCode(), 10) < failing * 2 ? 1 : 0);
                return Optional.of(new End(Duration.ofMillis(random.nextInt(20_000)), code));
            });
            boolean indexed = random.nextBoolean();
            int completions = 1 + random.nextInt(6);
            int parallelism = 1 + random.nextInt(4);
            Job job = (indexed
                            ? indexed(completions, parallelism)
                            : job().completions(completions).parallelism(parallelism))
                    .backoffLimit(random.nextInt(8))
                    .build();
            cluster.sim.invariant("rules of the job", client -> {
                assertThat(cluster.activePods()).hasSizeLessThanOrEqualTo(parallelism);
                assertThat(get(cluster).status().succeeded()).isLessThanOrEqualTo(completions);
            });
            cluster.sim.client().create(job);
            cluster.controllers.faults().rates(FaultRates.rough());
            cluster.sim.advance(Duration.ofMinutes(2));
            cluster.controllers.faults().rates(FaultRates.none());
            do {
                cluster.sim.settle(); // which takes a long wait for the next try for rest
            } while (get(cluster).status().conditions().isEmpty()
                    && cluster.sim.time().elapsed().compareTo(Duration.ofHours(3)) < 0);
            JobStatus status = get(cluster).status();
            Map<String, Long> phases = cluster.pods().stream()
                    .collect(Collectors.groupingBy(pod -> pod.status().phase(), Collectors.counting()));
            assertThat(conditions(cluster))
                    .as("seed %s: %s", seed, status)
                    .anyMatch(condition -> condition.startsWith("Complete") || condition.startsWith("Failed"));
            if (conditions(cluster).stream().anyMatch(condition -> condition.startsWith("Complete"))) {
                assertThat(status.succeeded()).as("seed %s", seed).isEqualTo(completions);
                assertThat(phases.getOrDefault("Succeeded", 0L))
                        .as("seed %s: successes", seed)
                        .isEqualTo(completions);
                assertThat((long) status.failed())
                        .as("seed %s: failures", seed)
                        .isEqualTo(phases.getOrDefault("Failed", 0L));
            } else {
                assertThat(status.failed()).as("seed %s", seed).isGreaterThan(backoffLimit(job));
                assertThat((long) status.succeeded())
                        .as("seed %s: what was stopped counts as failed, even if it succeeds after all", seed)
                        .isLessThanOrEqualTo(phases.getOrDefault("Succeeded", 0L));
            }
            assertThat(status.active()).isZero();
            assertThat(cluster.pods())
                    .allMatch(pod -> pod.metadata().finalizers().isEmpty());
            cluster.mustRestFor(Duration.ofMinutes(12));
        }
    }

    private static int backoffLimit(Job job) {
        return Objects.requireNonNull(job.spec().backoffLimit());
    }

    /** The first pods fail, the others succeed. */
    private static final class Flaky {
        private final int failures;
        private final Map<String, Integer> codes = new HashMap<>();

        Flaky(int failures) {
            this.failures = failures;
        }

        Optional<End> end(Pod pod) {
            int code = codes.computeIfAbsent(pod.metadata().uid(), uid -> codes.size() < failures ? 1 : 0);
            return Optional.of(new End(Duration.ofSeconds(1), code));
        }
    }

    private static Workloads cluster(Simulation sim) {
        return new Workloads(
                        sim, clock -> List.of(JobReconciler.controller(clock), TtlAfterFinishedReconciler.controller()))
                .ending(pod -> Optional.of(new End(Duration.ofSeconds(2), 0)));
    }

    private static Job get(Workloads cluster) {
        return cluster.sim.client().resources(Job.TYPE).get("work");
    }

    private static List<String> conditions(Workloads cluster) {
        return get(cluster).status().conditions().stream()
                .filter(condition -> condition.status().equals(ConditionStatus.TRUE))
                .map(condition -> condition.type() + "/" + condition.reason())
                .toList();
    }

    private static void suspend(Workloads cluster, boolean suspend) {
        cluster.sim
                .client()
                .resources(Job.TYPE)
                .edit("work", job -> job.withSpec(job.spec().withSuspend(suspend)));
    }

    private static PodFailurePolicyOnExitCodesRequirement codes(int code) {
        return new PodFailurePolicyOnExitCodesRequirement(null, PodFailurePolicyOnExitCodesOperator.IN, List.of(code));
    }

    private static JobDraft job() {
        return Job.named("work").container("work", "busybox:1");
    }

    private static JobDraft indexed(int completions, int parallelism) {
        return job().completions(completions)
                .parallelism(parallelism)
                .spec(spec -> spec.completionMode(CompletionMode.INDEXED));
    }
}
