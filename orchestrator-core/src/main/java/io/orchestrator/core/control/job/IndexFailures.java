package io.orchestrator.core.control.job;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.Backoff;
import io.orchestrator.core.control.job.FailureRules.Consequence;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The failures of single indexes. Each pod bears the number of failures before it, so the last failed pod of an index is kept
 * until its successor has taken the number over.
 */
final class IndexFailures {
    /** Between a failure and the next try: ten seconds, doubled with each failure up to ten minutes. */
    static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10));

    private IndexFailures() {}

    /** The indexes that have failed for good, those of before among them. */
    static Indexes failed(JobState state) {
        if (!state.isPerIndex()) {
            return Indexes.NONE;
        }
        return Indexes.parse(state.status().failedIndexes(), state.indexes())
                .with(Indexes.of(state.pods().stream()
                        .filter(JobPods::isTracked)
                        .filter(state::hasIndexOf)
                        .filter(pod -> failsItsIndex(state, pod))
                        .mapToInt(JobPods::index)));
    }

    private static boolean failsItsIndex(JobState state, Pod pod) {
        if (!state.isFailed(pod)) {
            return false;
        }
        Consequence consequence = state.consequence(pod);
        int limit = Objects.requireNonNullElse(state.spec().backoffLimitPerIndex(), 0);
        return consequence.failsIndex() || (consequence.counts() && JobPods.failuresBefore(pod) >= limit);
    }

    /** The failed pods that await their successor, by index. */
    static Map<Integer, Pod> kept(JobState state, Tally tally) {
        Map<Integer, Pod> kept = new HashMap<>();
        if (!state.isPerIndex()) {
            return kept;
        }
        Set<Integer> active = new HashSet<>();
        state.pods().stream()
                .filter(PodFacts::isActive)
                .filter(state::hasIndexOf)
                .forEach(pod -> active.add(JobPods.index(pod)));
        Comparator<Pod> byTries = Comparator.comparing(IndexFailures::tries);
        state.pods().stream()
                .filter(JobPods::isTracked)
                .filter(state::hasIndexOf)
                .filter(state::isFailed)
                .filter(pod -> {
                    int index = JobPods.index(pod);
                    return !active.contains(index)
                            && !tally.completed().contains(index)
                            && !tally.failedIndexes().contains(index);
                })
                .forEach(pod -> kept.merge(JobPods.index(pod), pod, (a, b) -> byTries.compare(a, b) >= 0 ? a : b));
        return kept;
    }

    /** How long the index must wait for its next try. */
    static Duration wait(Pod failed, Instant now) {
        Instant next = JobPods.endedAt(failed).plus(BACKOFF.delay(tries(failed)));
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    /** How long all must wait for the next try, by the failures since the last success. */
    static Duration wait(JobState state) {
        Optional<Instant> success = state.pods().stream()
                .filter(JobPods::hasSucceeded)
                .map(JobPods::endedAt)
                .max(Instant::compareTo);
        int failures = 0;
        Instant last = Instant.MIN;
        for (Pod pod : state.pods()) {
            Instant ended = JobPods.endedAt(pod);
            if (state.isFailed(pod)
                    && (PodFacts.hasEnded(pod) || JobPods.isTracked(pod))
                    && success.filter(at -> !ended.isAfter(at)).isEmpty()) {
                failures++;
                last = ended.isAfter(last) ? ended : last;
            }
        }
        if (failures == 0) {
            return Duration.ZERO;
        }
        Instant next = last.plus(BACKOFF.delay(failures));
        return next.isAfter(state.now()) ? Duration.between(state.now(), next) : Duration.ZERO;
    }

    private static int tries(Pod failed) {
        return JobPods.failuresBefore(failed) + JobPods.ignoredFailuresBefore(failed) + 1;
    }
}
