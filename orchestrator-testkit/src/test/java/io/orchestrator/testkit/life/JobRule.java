package io.orchestrator.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.model.batch.CompletionMode;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobConditionType;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.control.pods.PodFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Job counts each of its pods once, in the right way, and has no index at work twice. */
final class JobRule implements PodBook.Rule {
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    /** The pods of a Job, by their uids. */
    private static final class Tally {
        final Set<String> all = new HashSet<>();
        final Set<String> succeeded = new HashSet<>();
        final Set<String> doneIndexes = new HashSet<>();
    }

    private final Map<String, Tally> tallies = new HashMap<>();

    @Override
    public void changed(@Nullable Pod before, @Nullable Pod after) {
        if (after == null) {
            return;
        }
        String job = jobOf(after);
        if (job.isEmpty()) {
            return;
        }
        Tally tally = tallies.computeIfAbsent(job, uid -> new Tally());
        tally.all.add(after.metadata().uid());
        if (after.status().phase().equals(PodPhase.SUCCEEDED)) {
            tally.succeeded.add(after.metadata().uid());
            tally.doneIndexes.add(after.metadata().annotations().getOrDefault(INDEX, ""));
        }
    }

    @Override
    public void check(List<Pod> pods) {
        Set<String> atWork = new HashSet<>();
        for (Pod pod : pods) {
            String index = pod.metadata().annotations().get(INDEX);
            if (index != null && PodFacts.isActive(pod)) {
                String job = jobOf(pod);
                assertThat(job.isEmpty() || atWork.add(job + "/" + index))
                        .as(
                                "index %s of the job of %s is at work once",
                                index, pod.metadata().name())
                        .isTrue();
            }
        }
    }

    /** After every change of a Job. */
    void checkCounts(Client client) {
        for (Job job : client.resources(Job.TYPE).inAnyNamespace().list().items()) {
            checkCounts(job);
        }
    }

    private void checkCounts(Job job) {
        Tally tally = tallies.get(job.metadata().uid());
        int ended = tally == null ? 0 : tally.all.size();
        int succeeded = tally == null ? 0 : tally.succeeded.size();
        String name = job.metadata().name();
        boolean indexed = CompletionMode.INDEXED.equals(job.spec().completionMode());
        if (tally != null && indexed) {
            succeeded = tally.doneIndexes.size();
        }
        assertThat(job.status().succeeded()).as("succeeded of %s", name).isLessThanOrEqualTo(succeeded);
        assertThat(job.status().failed())
                .as("failed of %s, of %s pods with %s successes", name, ended, succeeded)
                .isLessThanOrEqualTo(ended - (indexed ? 0 : job.status().succeeded()));
        if (job.status().condition(JobConditionType.COMPLETE).isPresent()) {
            assertThat(job.status().succeeded())
                    .as("%s is complete with", name)
                    .isEqualTo(job.spec().completions());
        }
    }

    private static String jobOf(Pod pod) {
        for (OwnerReference owner : pod.metadata().ownerReferences()) {
            if (owner.kind().equals("Job")) {
                return owner.uid();
            }
        }
        return "";
    }
}
