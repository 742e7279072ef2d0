package io.orchestrator.core.control.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.batch.CompletionMode;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobSpecBuilder;
import io.orchestrator.api.model.batch.JobStatusBuilder;
import io.orchestrator.api.model.batch.PodReplacementPolicy;
import io.orchestrator.api.model.batch.UncountedTerminatedPods;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.PodStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a job needs next, from what there is. */
class JobPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final List<Pod> pods = new ArrayList<>();
    private UnaryOperator<JobSpecBuilder> spec = edit -> edit;
    private UnaryOperator<JobStatusBuilder> status = edit -> edit;

    @Test
    void asksForAsManyPodsAsMayRun() {
        spec = edit -> edit.completions(5).parallelism(3);
        pod("a", PodPhase.RUNNING);
        assertThat(plan().create()).hasSize(2).allMatch(JobPods::isTracked);
    }

    @Test
    void asksForNoMoreThanAreStillToSucceed() {
        spec = edit -> edit.completions(5).parallelism(3);
        status = edit -> edit.succeeded(4);
        assertThat(plan().create()).hasSize(1);
    }

    @Test
    void leavesRunningPodsAloneOnceOneSucceededIfThatIsEnough() {
        spec = edit -> edit.completions(null).parallelism(3);
        pod("a", PodPhase.RUNNING);
        pod("b", PodPhase.SUCCEEDED);
        JobPlan plan = plan();
        assertThat(plan.create()).isEmpty();
        assertThat(plan.withdraw()).isEmpty();
        assertThat(plan.stop()).isEmpty();
    }

    @Test
    void notesWhatHasEndedBeforeItLetsGo() {
        spec = edit -> edit.completions(5).parallelism(2);
        pod("a", PodPhase.SUCCEEDED);
        pod("b", PodPhase.FAILED);
        JobPlan plan = plan();
        assertThat(plan.status().uncountedTerminatedPods())
                .isEqualTo(new UncountedTerminatedPods(List.of("a"), List.of("b")));
        assertThat(plan.status().succeeded()).isZero();
        assertThat(plan.status().failed()).isZero();
        assertThat(plan.release()).extracting(pod -> pod.metadata().uid()).containsExactly("a", "b");
    }

    @Test
    void countsWhatIsNotedOnceItIsLetGo() {
        spec = edit -> edit.completions(5).parallelism(2);
        status = edit ->
                edit.succeeded(1).uncountedTerminatedPods(new UncountedTerminatedPods(List.of("a", "c"), List.of("b")));
        pod("a", PodPhase.SUCCEEDED, pod -> pod.withMetadata(JobPods.untracked(pod)));
        pod("b", PodPhase.FAILED);
        JobPlan plan = plan();
        assertThat(plan.status().succeeded()).as("a, and c which is gone").isEqualTo(3);
        assertThat(plan.status().failed()).isZero();
        assertThat(plan.status().uncountedTerminatedPods())
                .isEqualTo(new UncountedTerminatedPods(List.of(), List.of("b")));
    }

    @Test
    void takesAPodThatIsAskedToGoForAFailureUnlessOnlyRealOnesCount() {
        spec = edit -> edit.completions(1);
        pod("a", PodPhase.RUNNING, JobPlanTest::going);
        assertThat(plan().status().uncountedTerminatedPods().failed()).containsExactly("a");
        spec = edit -> edit.completions(1).podReplacementPolicy(PodReplacementPolicy.FAILED);
        JobPlan plan = plan();
        assertThat(plan.status().uncountedTerminatedPods().failed()).isEmpty();
        assertThat(plan.create()).as("not while the other still runs").isEmpty();
    }

    @Test
    void fillsTheLowestIndexesThatAreFree() {
        spec = edit -> edit.completions(6).parallelism(4).completionMode(CompletionMode.INDEXED);
        status = edit -> edit.completedIndexes("0,3").succeeded(2);
        pod("a", PodPhase.RUNNING, pod -> indexed(pod, 1));
        assertThat(plan().create()).extracting(JobPods::index).containsExactly(2, 4, 5);
    }

    @Test
    void withdrawsASecondPodOfAnIndexAndOneBeyondTheLast() {
        spec = edit -> edit.completions(2).parallelism(2).completionMode(CompletionMode.INDEXED);
        pod("a", PodPhase.RUNNING, pod -> indexed(pod, 0));
        pod("b", PodPhase.PENDING, pod -> indexed(pod, 0));
        pod("c", PodPhase.RUNNING, pod -> indexed(pod, 7));
        assertThat(plan().withdraw()).extracting(pod -> pod.metadata().uid()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void keepsTheLastFailedPodOfAnIndexUntilItsSuccessorBearsItsCount() {
        spec = edit ->
                edit.completions(1).completionMode(CompletionMode.INDEXED).backoffLimitPerIndex(3);
        pod("a", PodPhase.FAILED, pod -> indexed(pod, 0));
        JobPlan plan = plan();
        assertThat(plan.release()).isEmpty();
        assertThat(plan.create()).hasSize(1);
        assertThat(plan.create().get(0).metadata().annotations()).containsEntry(JobPods.FAILURES, "1");
        pods.add(plan.create().get(0));
        assertThat(plan().release()).extracting(pod -> pod.metadata().uid()).containsExactly("a");
    }

    @Test
    void stopsEverythingWhenTheLimitIsExceeded() {
        spec = edit -> edit.completions(5).parallelism(2).backoffLimit(0);
        pod("a", PodPhase.FAILED);
        pod("b", PodPhase.RUNNING);
        JobPlan plan = plan();
        assertThat(plan.create()).isEmpty();
        assertThat(plan.stop()).extracting(pod -> pod.metadata().uid()).containsExactly("b");
        assertThat(plan.status().uncountedTerminatedPods().failed()).containsExactly("a", "b");
        assertThat(plan.status().condition("FailureTarget")).isPresent();
        assertThat(plan.status().condition("Failed")).as("while pods are there").isEmpty();
    }

    @Test
    void wantsNothingOfAJobThatHasEndedButToLetGoOfItsPods() {
        spec = edit -> edit.completions(1);
        status = edit -> edit.succeeded(1);
        JobPlan finished = plan();
        assertThat(finished.status().condition("Complete")).isPresent();
        status = edit -> JobStatusBuilder.builder(finished.status());
        pod("late", PodPhase.SUCCEEDED);
        JobPlan plan = plan();
        assertThat(plan.status()).isEqualTo(finished.status());
        assertThat(plan.release()).hasSize(1);
        assertThat(plan.create()).isEmpty();
    }

    private JobPlan plan() {
        Job job = Job.named("work").container("main", "busybox:1").build();
        job = job.withMetadata(ObjectMetaBuilder.builder(job.metadata())
                .namespace("default")
                .uid("job")
                .build());
        job = job.withSpec(
                spec.apply(JobSpecBuilder.builder(job.spec()).parallelism(1).backoffLimit(6))
                        .build());
        job = job.withStatus(
                status.apply(JobStatusBuilder.builder(job.status())).build());
        return JobPlan.of(new JobState(job, pods, NOW), name -> false);
    }

    private void pod(String uid, String phase) {
        pod(uid, phase, pod -> pod);
    }

    private void pod(String uid, String phase, UnaryOperator<Pod> edit) {
        Pod pod = Pod.named(uid).container("main", "busybox:1").build();
        pod = pod.withMetadata(ObjectMetaBuilder.builder(pod.metadata())
                .namespace("default")
                .uid(uid)
                .finalizers(List.of(JobPods.FINALIZER))
                .creationTimestamp(Time.of(NOW.minusSeconds(3600)))
                .build());
        pods.add(edit.apply(pod.withStatus(
                PodStatusBuilder.builder(pod.status()).phase(phase).build())));
    }

    private static Pod going(Pod pod) {
        return pod.withMetadata(pod.metadata().withDeletionTimestamp(Time.of(NOW)));
    }

    private static Pod indexed(Pod pod, int index) {
        return pod.withMetadata(pod.metadata().withAnnotations(Map.of(JobPods.INDEX, Integer.toString(index))));
    }
}
