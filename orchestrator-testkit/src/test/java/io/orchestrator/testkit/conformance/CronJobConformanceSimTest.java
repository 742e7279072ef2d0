package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.testkit.junit.Conformance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CronJobConformanceSimTest extends OnConformingCluster {
    @Test
    @Conformance("[sig-apps] CronJob should schedule multiple jobs concurrently")
    void jobsRunBesideEachOther() {
        create("concurrencyPolicy: Allow", "app:1");
        cluster.advance(Duration.ofMinutes(3));
        assertThat(cron().status().active()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(cluster.all(Job.TYPE))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(job -> job.status().active() == 1);
        assertThat(cluster.active()).hasSizeGreaterThanOrEqualTo(2).allMatch(PodFacts::isReady);
    }

    @Test
    @Conformance("[sig-apps] CronJob should not schedule jobs when suspended [Slow]")
    void nothingRunsWhileItIsSuspended() {
        create("suspend: true", "task:1");
        cluster.advance(Duration.ofMinutes(5));
        assertThat(cluster.all(Job.TYPE)).isEmpty();
        cluster.merge(CronJob.TYPE, "cron", "{'spec':{'suspend':false}}");
        cluster.advance(Duration.ofMinutes(2));
        assertThat(cluster.all(Job.TYPE)).isNotEmpty();
    }

    @Test
    @Conformance("[sig-apps] CronJob should not schedule new jobs when ForbidConcurrent [Slow]")
    void noJobBeginsBesideAnother() {
        create("concurrencyPolicy: Forbid", "app:1");
        cluster.advance(Duration.ofMinutes(2));
        assertThat(cron().status().active()).hasSize(1);
        String first = cluster.all(Job.TYPE).get(0).metadata().uid();
        cluster.advance(Duration.ofMinutes(5));
        assertThat(cluster.all(Job.TYPE))
                .singleElement()
                .matches(job -> job.metadata().uid().equals(first));
        assertThat(cron().status().active()).hasSize(1);
    }

    @Test
    @Conformance("[sig-apps] CronJob should replace jobs when ReplaceConcurrent")
    void aJobTakesThePlaceOfTheOneBefore() {
        create("concurrencyPolicy: Replace", "app:1");
        cluster.advance(Duration.ofMinutes(2));
        String first = cluster.all(Job.TYPE).get(0).metadata().uid();
        cluster.advance(Duration.ofSeconds(80));
        assertThat(cluster.all(Job.TYPE))
                .singleElement()
                .matches(job -> !job.metadata().uid().equals(first))
                .satisfies(job -> assertThat(job.metadata().ownerReferences())
                        .extracting(OwnerReference::name)
                        .containsExactly("cron"));
        assertThat(cron().status().active()).hasSize(1);
    }

    @Test
    @Conformance("[sig-apps] CronJob should support CronJob API operations")
    void allVerbsWorkOnCronJobs() {
        List<String> seen = cluster.watch(CronJob.TYPE, "e2e=cron");
        create("suspend: true", "task:1");
        var crons = cluster.client.resources(CronJob.TYPE);
        CronJob made = crons.get("cron");
        assertThat(crons.list().items()).hasSize(1);
        assertThat(crons.inAnyNamespace()
                        .list(ListOptions.all().labels("e2e=cron"))
                        .items())
                .hasSize(1);

        CronJob patched = cluster.merge(CronJob.TYPE, "cron", "{'metadata':{'annotations':{'patched':'true'}}}");
        assertThat(patched.metadata().annotations()).containsEntry("patched", "true");
        CronJob updated = crons.update(
                patched.withMetadata(patched.metadata().withAnnotations(Map.of("patched", "true", "updated", "true"))));
        assertThat(updated.metadata().annotations()).containsEntry("updated", "true");
        cluster.settle();
        assertThat(seen).startsWith("ADDED cron", "MODIFIED cron", "MODIFIED cron");

        CronJob status = crons.patchStatus(
                "cron",
                Patch.merge("{\"metadata\":{\"annotations\":{\"patchedstatus\":\"true\"}},"
                        + "\"status\":{\"lastScheduleTime\":\"2026-01-01T00:00:00Z\"}}"));
        assertThat(status.status().lastScheduleTime()).hasToString("2026-01-01T00:00:00Z");
        assertThat(status.metadata().annotations()).containsEntry("patchedstatus", "true");
        CronJob now = crons.getSubresource("cron", "status", CronJob.class);
        assertThat(now.metadata().uid()).isEqualTo(made.metadata().uid());
        CronJob second = crons.updateStatus(now.withSpec(now.spec().withSchedule("0 0 * * *"))
                .withStatus(now.status().withLastScheduleTime(made.metadata().creationTimestamp())));
        assertThat(second.status().lastScheduleTime()).isEqualTo(made.metadata().creationTimestamp());
        assertThat(second.spec().schedule()).isEqualTo("*/1 * * * *");

        crons.delete("cron");
        cluster.settle();
        assertThat(crons.find("cron")).isEmpty();
        create("suspend: true", "task:1");
        cluster.deleteAll(CronJob.TYPE, "e2e=cron");
        cluster.settle();
        assertThat(crons.list().items()).isEmpty();
        assertThat(seen).endsWith("ADDED cron", "DELETED cron");
    }

    private void create(String spec, String image) {
        cluster.create("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: cron, labels: {e2e: cron}}
                spec:
                  schedule: '*/1 * * * *'
                  %s
                  jobTemplate:
                    spec: {template: {spec: {containers: [{name: c, image: '%s'}], restartPolicy: OnFailure}}}
                """.formatted(spec, image));
    }

    private CronJob cron() {
        return cluster.get(CronJob.TYPE, "cron");
    }
}
