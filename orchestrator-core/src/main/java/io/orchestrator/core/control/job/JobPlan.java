package io.orchestrator.core.control.job;

import io.orchestrator.api.model.batch.JobStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.job.Tally.Notes;
import io.orchestrator.core.control.pods.DeletionOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a job needs next. The pods are made and asked to go first; then the status is written; then those pods whose end is on
 * record are let go of.
 *
 * @param create pods to be made
 * @param withdraw running pods that are too many: they are let go of, asked to go, and never counted
 * @param stop running pods of a job that ends
 * @param status the status, as if nothing were created, withdrawn or stopped
 * @param release pods that need their finalizer no more, once the status is written
 * @param told what to tell the user, once the status is written
 * @param again when to look again, whatever happens
 */
record JobPlan(
        List<Pod> create,
        List<Pod> withdraw,
        List<Pod> stop,
        JobStatus status,
        List<Pod> release,
        List<Told> told,
        Optional<Duration> again) {
    private static final int BURST = 500;

    /** An event. */
    record Told(boolean warning, String reason, String message) {}

    static JobPlan of(JobState state, Predicate<String> taken) {
        List<Pod> tracked = state.pods().stream().filter(JobPods::isTracked).toList();
        if (state.isFinished() || state.isBeingDeleted()) {
            return new JobPlan(List.of(), List.of(), List.of(), state.status(), tracked, List.of(), Optional.empty());
        }
        Tally tally = Tally.of(state);
        Ending ending = Ending.of(state, tally).orElse(null);
        Map<Integer, Pod> kept = ending == null ? IndexFailures.kept(state, tally) : Map.of();
        Set<Pod> waiting = identities(kept.values());
        List<Pod> countable = tracked.stream()
                .filter(pod -> !waiting.contains(pod) && counts(state, ending, pod))
                .toList();
        Notes notes = Notes.of(state, countable);
        Set<Pod> counted = identities(countable);
        List<Pod> release = tracked.stream()
                .filter(pod -> counted.contains(pod)
                        ? notes.record(state, pod)
                        : !waiting.contains(pod)
                                && (ending != null || JobPods.hasSucceeded(pod) || state.isFailed(pod)))
                .toList();
        Sizing sizing = ending == null ? Sizing.of(state, tally, kept, taken) : Sizing.NONE;
        JobStatuses.Next next = JobStatuses.next(state, tally, notes, ending);
        Optional<Duration> again = Stream.concat(
                        sizing.again().stream(), ending == null ? Ending.timeLeft(state).stream() : Stream.empty())
                .min(Duration::compareTo);
        return new JobPlan(
                sizing.create(),
                sizing.withdraw(),
                ending == null ? List.of() : state.active(),
                next.status(),
                release,
                next.told(),
                again);
    }

    /** All of them come from the same state; to compare whole pods would cost more than all the rest. */
    private static Set<Pod> identities(Collection<Pod> pods) {
        Set<Pod> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(pods);
        return set;
    }

    boolean isEmpty(JobStatus before) {
        return create.isEmpty() && withdraw.isEmpty() && stop.isEmpty() && release.isEmpty() && status.equals(before);
    }

    /** What fails takes all its pods with it; what succeeds does not mind those that it stops itself. */
    private static boolean counts(JobState state, @Nullable Ending ending, Pod pod) {
        if (JobPods.hasSucceeded(pod)) {
            return state.hasIndexOf(pod);
        }
        if (ending == null) {
            return Tally.countsAsFailed(state, pod);
        }
        if (ending.success()) {
            return pod.metadata().deletionTimestamp() == null && Tally.countsAsFailed(state, pod);
        }
        return state.hasIndexOf(pod) && state.consequence(pod).counts();
    }

    /** The pods that are too few or too many. */
    private record Sizing(List<Pod> create, List<Pod> withdraw, Optional<Duration> again) {
        private static final Sizing NONE = new Sizing(List.of(), List.of(), Optional.empty());

        static Sizing of(JobState state, Tally tally, Map<Integer, Pod> kept, Predicate<String> taken) {
            List<Pod> active = state.active();
            int wanted = wanted(state, tally, active.size());
            List<Pod> withdraw = surplus(state, active, active.size() - wanted);
            if (!withdraw.isEmpty()) {
                return new Sizing(List.of(), withdraw, Optional.empty());
            }
            List<Pod> terminating = state.replacesOnlyFailed() ? state.terminating() : List.of();
            int missing = Math.min(BURST, wanted - active.size() - terminating.size());
            if (missing <= 0) {
                return NONE;
            }
            JobPodFactory factory = new JobPodFactory(state.job(), taken);
            if (state.isPerIndex()) {
                return independent(state, kept, factory, pending(state, tally, active, terminating), missing);
            }
            Duration wait = IndexFailures.wait(state);
            if (!wait.isZero()) {
                return new Sizing(List.of(), List.of(), Optional.of(wait));
            }
            if (!state.isIndexed()) {
                return new Sizing(factory.pods(missing), List.of(), Optional.empty());
            }
            List<Pod> create = pending(state, tally, active, terminating).stream()
                    .limit(missing)
                    .map(index -> factory.pod(index, false, null, false))
                    .toList();
            return new Sizing(create, List.of(), Optional.empty());
        }

        private static int wanted(JobState state, Tally tally, int active) {
            if (state.isSuspended()) {
                return 0;
            }
            Integer completions = state.spec().completions();
            if (completions == null) {
                return tally.succeeded() > 0 ? active : state.parallelism();
            }
            return Math.max(0, Math.min(state.parallelism(), completions - tally.succeeded()));
        }

        private static Sizing independent(
                JobState state, Map<Integer, Pod> kept, JobPodFactory factory, List<Integer> pending, int missing) {
            List<Pod> create = new ArrayList<>();
            Duration again = null;
            for (int index : pending) {
                Pod predecessor = kept.get(index);
                Duration wait = predecessor == null ? Duration.ZERO : IndexFailures.wait(predecessor, state.now());
                if (!wait.isZero()) {
                    again = again == null || wait.compareTo(again) < 0 ? wait : again;
                } else if (create.size() < missing) {
                    boolean counted = predecessor != null
                            && state.consequence(predecessor).counts();
                    create.add(factory.pod(index, true, predecessor, counted));
                }
            }
            return new Sizing(create, List.of(), Optional.ofNullable(again));
        }

        private static List<Integer> pending(
                JobState state, Tally tally, Collection<Pod> active, Collection<Pod> terminating) {
            Set<Integer> busy = new HashSet<>();
            active.forEach(pod -> busy.add(JobPods.index(pod)));
            terminating.forEach(pod -> busy.add(JobPods.index(pod)));
            List<Integer> pending = new ArrayList<>();
            for (int index = 0; index < state.indexes(); index++) {
                if (!busy.contains(index)
                        && !tally.completed().contains(index)
                        && !tally.failedIndexes().contains(index)) {
                    pending.add(index);
                }
            }
            return pending;
        }

        /** Those that the job has no use for, and so many more. */
        private static List<Pod> surplus(JobState state, List<Pod> active, int count) {
            if (count <= 0 && !state.isIndexed()) {
                return List.of();
            }
            DeletionOrder order = new DeletionOrder(active, state.now());
            List<Pod> surplus = new ArrayList<>();
            List<Pod> useful = active;
            if (state.isIndexed()) {
                Map<Integer, Pod> best = new HashMap<>();
                active.stream()
                        .filter(state::hasIndexOf)
                        .forEach(pod ->
                                best.merge(JobPods.index(pod), pod, (a, b) -> order.compare(a, b) >= 0 ? a : b));
                active.stream()
                        .filter(pod -> !Objects.equals(best.get(JobPods.index(pod)), pod))
                        .forEach(surplus::add);
                useful = List.copyOf(best.values());
            }
            if (count > surplus.size()) {
                surplus.addAll(order.first(count - surplus.size(), useful));
            }
            return surplus.stream().limit(BURST).toList();
        }
    }
}
