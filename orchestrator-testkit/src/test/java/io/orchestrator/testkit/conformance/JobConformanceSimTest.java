package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.DeleteOptions.Propagation;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.testkit.junit.Conformance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobConformanceSimTest extends OnConformingCluster {
    @Test
    @Conformance("[sig-apps] Job should run a job to completion when tasks sometimes fail and are locally restarted")
    void aJobWhoseContainersFailAndAreRestartedComesToItsEnd() {
        create("parallelism: 2, completions: 4", "fails-once:1", "restartPolicy: OnFailure");
        cluster.settle();
        assertThat(cluster.is("Complete", job())).isTrue();
        assertThat(job().status().succeeded()).isEqualTo(4);
        assertThat(cluster.pods())
                .hasSize(4)
                .allMatch(pod -> pod.status().phase().equals("Succeeded"))
                .allMatch(pod -> pod.status().containerStatuses().get(0).restartCount() == 1);
    }

    @Test
    @Conformance("[sig-apps] Job should adopt matching orphans and release non-matching pods")
    void aPodWithoutAnOwnerIsTakenBackAndOneWithoutTheLabelsLetGo() {
        create("parallelism: 2, completions: 4", "app:1", "restartPolicy: Never");
        cluster.settle();
        Pod pod = cluster.active().get(0);
        String name = pod.metadata().name();
        cluster.merge(Pod.TYPE, name, "{'metadata':{'ownerReferences':null}}");
        cluster.settle();
        assertThat(controllers(name)).containsExactly(job().metadata().uid());

        cluster.merge(Pod.TYPE, name, "{'metadata':{'labels':null}}");
        cluster.settle();
        assertThat(controllers(name)).isEmpty();
        assertThat(cluster.active()).as("it has another one made").hasSize(3);
    }

    @Test
    @Conformance("[sig-apps] Job should create pods for an Indexed job with completion indexes and specified hostname")
    void eachPodOfAnIndexedJobKnowsItsNumber() {
        create("parallelism: 2, completions: 4, completionMode: Indexed", "task:1", "restartPolicy: Never");
        cluster.settle();
        assertThat(cluster.is("Complete", job())).isTrue();
        assertThat(job().status().completedIndexes()).isEqualTo("0-3");
        assertThat(cluster.pods())
                .extracting(pod -> pod.metadata().annotations().get("batch.kubernetes.io/job-completion-index") + " "
                        + pod.spec().hostname() + " "
                        + pod.spec().containers().get(0).env().get(0).name())
                .containsExactlyInAnyOrder(
                        "0 job-0 JOB_COMPLETION_INDEX",
                        "1 job-1 JOB_COMPLETION_INDEX",
                        "2 job-2 JOB_COMPLETION_INDEX",
                        "3 job-3 JOB_COMPLETION_INDEX");
        assertThat(cluster.names()).allMatch(name -> name.matches("job-[0-3]-[a-z0-9]{5}"));
    }

    @Test
    @Conformance("[sig-apps] Job should allow to use the pod failure policy on exit code to fail the job early")
    void anExitCodeThatIsFatalEndsTheJobAtTheFirstFailure() {
        create(
                "parallelism: 1, completions: 2, backoffLimit: 6, podFailurePolicy: {rules: [{action: FailJob,"
                        + " onExitCodes: {operator: In, values: [42]}}]}",
                "fails:1",
                "restartPolicy: Never");
        cluster.settle();
        assertThat(cluster.is("Failed", job())).isTrue();
        assertThat(cluster.is("FailureTarget", job())).isTrue();
        assertThat(job().status().failed()).isEqualTo(1);
        assertThat(cluster.pods()).hasSize(1);
    }

    @Test
    @Conformance(
            "[sig-apps] Job should allow to use a pod failure policy to ignore failure matching on DisruptionTarget"
                    + " condition")
    void aPodThatWasEvictedIsNoFailure() {
        create(
                "parallelism: 1, completions: 1, backoffLimit: 0, podFailurePolicy: {rules: [{action: Ignore,"
                        + " onPodConditions: [{type: DisruptionTarget}]}]}",
                "task:1",
                "restartPolicy: Never");
        cluster.advance(Duration.ofSeconds(5));
        assertThat(cluster.active()).hasSize(1);
        String evicted = cluster.active().get(0).metadata().name();
        cluster.evict(evicted);
        cluster.settle();
        assertThat(cluster.is("Complete", job())).isTrue();
        assertThat(job().status().succeeded()).isEqualTo(1);
        assertThat(job().status().failed()).isZero();
        assertThat(cluster.names()).doesNotContain(evicted);
    }

    @Test
    @Conformance("[sig-apps] Job should delete a job")
    void aJobGoesWithItsPods() {
        create("parallelism: 2, completions: 4", "app:1", "restartPolicy: Never");
        cluster.settle();
        assertThat(cluster.active()).hasSize(2);
        cluster.client
                .resources(Job.TYPE)
                .delete("job", DeleteOptions.defaults().propagate(Propagation.FOREGROUND));
        cluster.settle();
        assertThat(cluster.all(Job.TYPE)).isEmpty();
        assertThat(cluster.pods()).isEmpty();
    }

    @Test
    @Conformance("[sig-apps] Job should apply changes to a job status")
    void theStatusOfAJobIsAPartOfItsOwn() {
        create("parallelism: 2, completions: 4, suspend: true", "task:1", "restartPolicy: Never");
        cluster.settle();
        Job patched = cluster.mergeStatus(
                Job.TYPE,
                "job",
                "{'metadata':{'annotations':{'patched':'status'}},'status':{'conditions':[{'type':'CustomConditionType',"
                        + "'status':'True'}]}}");
        assertThat(cluster.is("CustomConditionType", patched)).isTrue();
        assertThat(patched.metadata().annotations()).containsEntry("patched", "status");

        var jobs = cluster.client.resources(Job.TYPE);
        Job now = job();
        Job updated = jobs.updateStatus(now.withSpec(now.spec().withParallelism(9))
                .withStatus(now.status()
                        .withConditions(now.status().conditions().stream()
                                .map(condition -> condition.type().equals("CustomConditionType")
                                        ? condition.withMessage("updated")
                                        : condition)
                                .toList())));
        assertThat(updated.spec().parallelism()).isEqualTo(2);
        assertThat(jobs.getSubresource("job", "status", Job.class).status().conditions())
                .anyMatch(condition -> condition.message().equals("updated"));
    }

    @Test
    @Conformance("[sig-apps] Job should manage the lifecycle of a job")
    void aJobIsMadeSuspendedPatchedResumedListedAndDeletedWithOthers() {
        List<String> seen = cluster.watch(Job.TYPE, "e2e=job");
        create("parallelism: 2, completions: 2, suspend: true", "task:1", "restartPolicy: Never");
        cluster.settle();
        assertThat(cluster.pods()).isEmpty();
        assertThat(cluster.is("Suspended", job())).isTrue();

        Job patched = cluster.merge(Job.TYPE, "job", "{'metadata':{'labels':{'job':'patched'}}}");
        assertThat(patched.metadata().labels()).containsEntry("job", "patched");
        cluster.client
                .resources(Job.TYPE)
                .edit(
                        "job",
                        job -> job.withSpec(job.spec().withSuspend(false))
                                .withMetadata(job.metadata().withAnnotations(Map.of("updated", "true"))));
        cluster.settle();
        assertThat(job().metadata().annotations()).containsEntry("updated", "true");
        assertThat(cluster.is("Complete", job())).isTrue();
        assertThat(job().status().succeeded()).isEqualTo(2);
        assertThat(cluster.client
                        .resources(Job.TYPE)
                        .inAnyNamespace()
                        .list(ListOptions.all().labels("job=patched"))
                        .items())
                .hasSize(1);
        cluster.deleteAll(Job.TYPE, "job=patched");
        cluster.settle();
        assertThat(cluster.all(Job.TYPE)).isEmpty();
        assertThat(seen).startsWith("ADDED job", "MODIFIED job").endsWith("DELETED job");
    }

    private void create(String spec, String image, String pod) {
        cluster.create("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: job, labels: {e2e: job}}
                spec: {%s, template: {spec: {containers: [{name: c, image: '%s'}], %s}}}
                """.formatted(spec, image, pod));
    }

    private Job job() {
        return cluster.get(Job.TYPE, "job");
    }

    private List<String> controllers(String pod) {
        return cluster.get(Pod.TYPE, pod).metadata().ownerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.controller()))
                .map(OwnerReference::uid)
                .toList();
    }
}
