package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.model.batch.ConcurrencyPolicy;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.CronJobBuilder;
import io.orchestrator.api.model.batch.CronJobSpecBuilder;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobConditionType;
import io.orchestrator.api.model.batch.JobTemplateSpec;
import io.orchestrator.core.control.cronjob.CronJobReconciler;
import io.orchestrator.core.control.job.JobReconciler;
import io.orchestrator.testkit.simulation.KubeletStub.End;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Cron jobs make a job whenever one is due, and never two for the same moment, whatever goes wrong. */
class CronJobSimTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 20);
    private static final Duration QUICK = Duration.ofSeconds(5);

    @Test
    void makesAJobEachTimeOneIsDue() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            create(cluster, cron("*/5 * * * *", spec -> spec));
            cluster.sim.advance(Duration.ofMinutes(31));
            assertThat(created(cluster)).isEqualTo(6);
            CronJob cron = get(cluster);
            assertThat(cron.status().lastScheduleTime()).hasToString("2026-01-01T00:30:00Z");
            assertThat(cron.status().lastSuccessfulTime()).isNotNull();
            assertThat(cron.status().active()).isEmpty();
            Job last = jobs(cluster).get(jobs(cluster).size() - 1);
            assertThat(last.metadata().name())
                    .isEqualTo("tick-" + Instant.parse("2026-01-01T00:30:00Z").getEpochSecond() / 60);
            assertThat(last.metadata().annotations())
                    .containsEntry("batch.kubernetes.io/cronjob-scheduled-timestamp", "2026-01-01T00:30:00Z");
            assertThat(cluster.events())
                    .anyMatch(event -> event.startsWith("cronjob-controller/SuccessfulCreate: Created job tick-"))
                    .anyMatch(event -> event.startsWith("cronjob-controller/SawCompletedJob: Saw completed job: tick-")
                            && event.endsWith(", condition: Complete"));
        }
    }

    @Test
    void keepsAsManyEndedJobsAsItIsToldTo() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            create(
                    cluster,
                    cron(
                            "*/5 * * * *",
                            spec -> spec.successfulJobsHistoryLimit(2).failedJobsHistoryLimit(1)));
            cluster.sim.advance(Duration.ofMinutes(31));
            cluster.ending(pod -> Optional.of(new End(QUICK, 1)));
            cluster.sim.advance(Duration.ofMinutes(30));
            assertThat(jobs(cluster).stream()
                            .map(job -> job.status()
                                    .condition(JobConditionType.FAILED)
                                    .isPresent())
                            .toList())
                    .containsExactly(false, false, true);
        }
    }

    @Test
    void readsItsScheduleInItsTimeZone() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            create(cluster, cron("0 3 * * *", spec -> spec.timeZone("Asia/Tokyo")));
            cluster.sim.advance(Duration.ofHours(24));
            assertThat(get(cluster).status().lastScheduleTime()).hasToString("2026-01-01T18:00:00Z");
            assertThat(jobs(cluster).get(0).metadata().annotations())
                    .containsEntry("batch.kubernetes.io/cronjob-scheduled-timestamp", "2026-01-02T03:00:00+09:00");
        }
    }

    @Test
    void runsOnceAfterALongSleepAndGoesOn() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            create(cluster, cron("*/10 * * * *", spec -> spec.successfulJobsHistoryLimit(1000)));
            cluster.sim.advance(Duration.ofMinutes(11));
            cluster.controllers.kill();
            cluster.sim.advance(Duration.ofDays(15));
            assertThat(created(cluster)).isEqualTo(1);
            cluster.controllers.start();
            cluster.sim.advance(Duration.ofMinutes(8));
            assertThat(created(cluster)).isEqualTo(2);
            assertThat(cluster.events()).anyMatch(event -> event.startsWith("cronjob-controller/TooManyMissedTimes: "));
            cluster.sim.advance(Duration.ofMinutes(20));
            assertThat(created(cluster)).isEqualTo(4);
        }
    }

    @Test
    void makesNoJobWhoseDeadlineIsOver() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            create(cluster, cron("0 * * * *", spec -> spec.startingDeadlineSeconds(120L)));
            cluster.sim.advance(Duration.ofMinutes(59));
            cluster.controllers.kill();
            cluster.sim.advance(Duration.ofMinutes(5));
            cluster.controllers.start();
            cluster.sim.advance(Duration.ofMinutes(50));
            assertThat(jobs(cluster)).isEmpty();
            assertThat(cluster.events())
                    .contains("cronjob-controller/MissSchedule: Missed scheduled time to start a job:"
                            + " Thu, 01 Jan 2026 01:00:00 +0000");
            cluster.sim.advance(Duration.ofMinutes(10));
            assertThat(jobs(cluster)).hasSize(1);
        }
    }

    @Test
    void letsJobsRunSideBySideUnlessTold() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder()).ending(pod -> Optional.empty())) {
            create(cluster, cron("*/10 * * * *", spec -> spec));
            cluster.sim.advance(Duration.ofMinutes(31));
            assertThat(get(cluster).status().active()).hasSize(3);
        }
    }

    @Test
    void waitsForTheFormerJobWhereTwoAreForbidden() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.ending(pod -> Optional.of(new End(Duration.ofMinutes(25), 0)));
            create(cluster, cron("*/10 * * * *", spec -> spec.concurrencyPolicy(ConcurrencyPolicy.FORBID)));
            cluster.sim.invariant(
                    "one at a time", client -> assertThat(running(cluster)).hasSizeLessThanOrEqualTo(1));
            cluster.sim.advance(Duration.ofMinutes(31));
            assertThat(cluster.events())
                    .contains("cronjob-controller/JobAlreadyActive: Not starting job because prior execution is running"
                            + " and concurrency policy is Forbid");
            cluster.sim.advance(Duration.ofMinutes(10));
            assertThat(created(cluster))
                    .as("the one that was missed comes late")
                    .isEqualTo(2);
        }
    }

    @Test
    void replacesTheFormerJobWhereToldTo() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            cluster.ending(pod -> Optional.empty());
            create(cluster, cron("*/10 * * * *", spec -> spec.concurrencyPolicy(ConcurrencyPolicy.REPLACE)));
            cluster.sim.advance(Duration.ofMinutes(31));
            assertThat(jobs(cluster)).hasSize(1);
            assertThat(created(cluster)).isEqualTo(3);
            assertThat(get(cluster).status().active()).hasSize(1);
            assertThat(cluster.events()).anyMatch(event -> event.startsWith("cronjob-controller/SuccessfulDelete: "));
        }
    }

    @Test
    void makesNothingWhileItIsSuspended() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            create(cluster, cron("*/10 * * * *", spec -> spec.suspend(true)));
            cluster.sim.advance(Duration.ofMinutes(65));
            assertThat(jobs(cluster)).isEmpty();
            cluster.mustRestFor(Duration.ofMinutes(30));
            edit(cluster, cron -> cron.withSpec(cron.spec().withSuspend(false)));
            cluster.sim.advance(Duration.ofMinutes(1));
            assertThat(jobs(cluster)).as("what was missed is made up for, once").hasSize(1);
        }
    }

    @Test
    void tellsOfAJobThatSomebodyElseMadeAndOfOneThatWentMissing() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder()).ending(pod -> Optional.empty())) {
            create(cluster, cron("0 * * * *", spec -> spec));
            cluster.sim.advance(Duration.ofMinutes(61));
            String name = jobs(cluster).get(0).metadata().name();
            cluster.sim
                    .client()
                    .resources(Job.TYPE)
                    .delete(name, DeleteOptions.defaults().propagate(DeleteOptions.Propagation.BACKGROUND));
            CronJob cron = get(cluster);
            Job other = Job.named("manual").container("tick", "busybox:1").build();
            cluster.sim
                    .client()
                    .create(other.withMetadata(other.metadata()
                            .withOwnerReferences(List.of(OwnerReferenceBuilder.builder()
                                    .apiVersion("batch/v1")
                                    .kind("CronJob")
                                    .name("tick")
                                    .uid(cron.metadata().uid())
                                    .controller(true)
                                    .build()))));
            cluster.sim.advance(Duration.ofMinutes(1));
            assertThat(get(cluster).status().active()).isEmpty();
            assertThat(cluster.events())
                    .contains("cronjob-controller/MissingJob: Active job went missing: " + name)
                    .contains(
                            "cronjob-controller/UnexpectedJob: Saw a job that the controller did not create or forgot:"
                                    + " manual");
        }
    }

    @Test
    void refusesWhatIsNoScheduleOrNoZone() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            assertThatThrownBy(() -> create(cluster, cron("61 * * * *", spec -> spec)))
                    .hasMessageContaining(
                            "spec.schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59): 61");
            assertThatThrownBy(() -> create(cluster, cron("TZ=UTC 0 * * * *", spec -> spec)))
                    .hasMessageContaining("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
            assertThatThrownBy(() -> create(cluster, cron("0 * * * *", spec -> spec.timeZone("local"))))
                    .hasMessageContaining("timeZone must be an explicit time zone");
            assertThatThrownBy(() -> create(cluster, cron("0 * * * *", spec -> spec.timeZone("Mars/Olympus"))))
                    .hasMessageContaining("unknown time zone Mars/Olympus");
        }
    }

    @Test
    void endsTheSameAfterACrashAtAnyWriteAndThoughAnyEventIsLate() throws Exception {
        int writes = new CrashPoints<>(() -> cluster(Simulation.inOrder()), cluster -> cluster.controllers, cluster -> {
                    create(cluster, cron("*/10 * * * *", spec -> spec.successfulJobsHistoryLimit(1)));
                    cluster.sim.advance(Duration.ofMinutes(35));
                    return jobs(cluster).stream()
                                    .map(job -> job.metadata().name() + " "
                                            + job.status().succeeded())
                                    .toList()
                            + " " + get(cluster).status().lastScheduleTime()
                            + " " + get(cluster).status().active();
                })
                .forEachWriteAndEvent();
        assertThat(writes).isGreaterThan(20);
    }

    @Test
    void neverMakesTwoForTheSameMomentWhateverGoesWrong() throws Exception {
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
            cluster.ending(pod -> Optional.of(new End(
                    Duration.ofSeconds(1 + Math.floorMod(pod.metadata().uid().hashCode(), 400)), 0)));
            String policy = List.of("Allow", "Forbid", "Replace").get(random.nextInt(3));
            create(cluster, cron("*/5 * * * *", spec -> spec.concurrencyPolicy(policy)));
            cluster.controllers.faults().rates(FaultRates.rough());
            if (!policy.equals("Allow")) {
                cluster.sim.invariant(
                        "one at a time", client -> assertThat(running(cluster)).hasSizeLessThanOrEqualTo(1));
            }
            cluster.sim.advance(Duration.ofMinutes(20 + random.nextInt(20)));
            cluster.controllers.faults().rates(FaultRates.none());
            cluster.sim.advance(Duration.ofMinutes(30));
            edit(cluster, cron -> cron.withSpec(cron.spec().withSuspend(true)));
            cluster.sim.advance(Duration.ofMinutes(15));
            assertThat(get(cluster).status().active()).as("seed %s", seed).isEmpty();
            assertThat(jobs(cluster)).as("seed %s", seed).hasSizeLessThanOrEqualTo(4);
            cluster.mustRestFor(Duration.ofMinutes(15));
        }
    }

    private static Workloads cluster(Simulation sim) {
        return new Workloads(
                        sim, clock -> List.of(CronJobReconciler.controller(clock), JobReconciler.controller(clock)))
                .ending(pod -> Optional.of(new End(QUICK, 0)));
    }

    private static CronJob cron(String schedule, UnaryOperator<CronJobSpecBuilder> edit) {
        Job job = Job.named("tick")
                .container("tick", "busybox:1")
                .spec(spec -> spec.backoffLimit(0))
                .build();
        CronJobSpecBuilder spec = CronJobSpecBuilder.builder()
                .schedule(schedule)
                .jobTemplate(new JobTemplateSpec(ObjectMeta.EMPTY, job.spec()));
        return CronJobBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("tick").build())
                .spec(edit.apply(spec).build())
                .build();
    }

    private static void create(Workloads cluster, CronJob cron) {
        cluster.sim.client().create(cron);
    }

    private static CronJob get(Workloads cluster) {
        return cluster.sim.client().resources(CronJob.TYPE).get("tick");
    }

    private static void edit(Workloads cluster, UnaryOperator<CronJob> change) {
        cluster.sim.client().resources(CronJob.TYPE).edit("tick", change);
    }

    private static List<Job> jobs(Workloads cluster) {
        return cluster.sim.client().resources(Job.TYPE).list().items();
    }

    private static List<Job> running(Workloads cluster) {
        return jobs(cluster).stream()
                .filter(job -> job.metadata().deletionTimestamp() == null)
                .filter(job -> job.status().completionTime() == null
                        && job.status().condition(JobConditionType.FAILED).isEmpty())
                .toList();
    }

    private static int created(Workloads cluster) {
        return cluster.controllers.faults().writesByKind().getOrDefault("create Job", 0);
    }
}
