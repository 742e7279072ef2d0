package io.orchestrator.core.control.job;

import io.orchestrator.api.model.batch.UncountedTerminatedPods;
import io.orchestrator.api.model.core.Pod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is known of the ends of a job's pods: those that are counted, those that are noted, and those that are new.
 *
 * @param succeeded all successes, noted or not
 * @param failed all failures that count, noted or not
 * @param completed the indexes that have succeeded
 * @param failedIndexes the indexes that may not be tried again
 */
record Tally(int succeeded, int failed, Indexes completed, Indexes failedIndexes) {

    static Tally of(JobState state) {
        Set<String> noted = new HashSet<>(state.uncounted().succeeded());
        noted.addAll(state.uncounted().failed());
        List<Pod> fresh = state.pods().stream()
                .filter(JobPods::isTracked)
                .filter(pod -> !noted.contains(pod.metadata().uid()))
                .toList();
        int failures =
                (int) fresh.stream().filter(pod -> countsAsFailed(state, pod)).count();
        int failed = state.status().failed() + state.uncounted().failed().size() + failures;
        if (state.isIndexed()) {
            Indexes completed = Indexes.parse(state.status().completedIndexes(), state.indexes())
                    .with(Indexes.of(succeededIndexes(state, fresh)));
            return new Tally(
                    completed.size(),
                    failed,
                    completed,
                    IndexFailures.failed(state).without(completed));
        }
        int successes = (int) fresh.stream().filter(JobPods::hasSucceeded).count();
        int succeeded =
                state.status().succeeded() + state.uncounted().succeeded().size() + successes;
        return new Tally(succeeded, failed, Indexes.NONE, Indexes.NONE);
    }

    static boolean countsAsFailed(JobState state, Pod pod) {
        return state.hasIndexOf(pod)
                && state.isFailed(pod)
                && state.consequence(pod).counts();
    }

    static IntStream succeededIndexes(JobState state, List<Pod> pods) {
        return pods.stream()
                .filter(JobPods::isTracked)
                .filter(JobPods::hasSucceeded)
                .filter(state::hasIndexOf)
                .mapToInt(JobPods::index);
    }

    /**
     * What is noted next: those whose finalizer is gone leave the note for the counters, those that are new come in.
     *
     * @param noted what the status notes next
     * @param succeeded what the status counts next
     * @param failed what the status counts next
     */
    record Notes(UncountedTerminatedPods noted, int succeeded, int failed, Indexes completed) {
        /** No more at a time, so that the status does not grow without bounds. */
        private static final int MOST = 500;

        /** @param add pods that have ended and are neither counted nor noted */
        static Notes of(JobState state, List<Pod> add) {
            Set<String> held = state.pods().stream()
                    .filter(JobPods::isTracked)
                    .map(pod -> pod.metadata().uid())
                    .collect(Collectors.toSet());
            List<String> wereSucceeded = state.uncounted().succeeded();
            List<String> wereFailed = state.uncounted().failed();
            List<String> succeeded = new ArrayList<>(
                    wereSucceeded.stream().filter(held::contains).toList());
            List<String> failed =
                    new ArrayList<>(wereFailed.stream().filter(held::contains).toList());
            int countSucceeded = state.status().succeeded() + wereSucceeded.size() - succeeded.size();
            int countFailed = state.status().failed() + wereFailed.size() - failed.size();
            Set<String> known =
                    Stream.concat(succeeded.stream(), failed.stream()).collect(Collectors.toSet());
            List<Pod> fresh = add.stream()
                    .filter(pod -> !known.contains(pod.metadata().uid()))
                    .limit(Math.max(0, MOST - known.size()))
                    .toList();
            Indexes completed = Indexes.NONE;
            if (state.isIndexed()) {
                completed = Indexes.parse(state.status().completedIndexes(), state.indexes())
                        .with(Indexes.of(succeededIndexes(state, fresh)));
                countSucceeded = completed.size();
            }
            for (Pod pod : fresh) {
                if (!JobPods.hasSucceeded(pod)) {
                    failed.add(pod.metadata().uid());
                } else if (!state.isIndexed()) {
                    succeeded.add(pod.metadata().uid());
                }
            }
            return new Notes(new UncountedTerminatedPods(succeeded, failed), countSucceeded, countFailed, completed);
        }

        /** Whether the end of the pod is on record, so that the pod may go. */
        boolean record(JobState state, Pod pod) {
            if (noted.failed().contains(pod.metadata().uid())) {
                return true; // even if it succeeded after all, when the job had failed already
            }
            return state.isIndexed()
                    ? JobPods.hasSucceeded(pod) && completed.contains(JobPods.index(pod))
                    : noted.succeeded().contains(pod.metadata().uid());
        }
    }
}
