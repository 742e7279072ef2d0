package io.orchestrator.core.control.pods;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which of several pods goes first when there are too many, as Kubernetes decides it: the one whose loss costs least.
 *
 * <p>Without a node before with one; pending before unknown before running; not ready before ready; the cheaper by
 * {@code pod-deletion-cost} first; the one that shares its node with more of its kind first; ready for a shorter time first;
 * more restarts first; younger first. Times are compared by orders of magnitude, so that the youngest are not always the
 * victims; among equals the uid decides.
 */
public final class DeletionOrder implements Comparator<Pod> {
    /** The annotation by which a pod says what its loss costs. */
    public static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    private final Map<String, Integer> neighbours = new HashMap<>();
    private final Instant now;

    /** @param related the active pods that do the same work, by whichever owner; each counts for its node */
    public DeletionOrder(Collection<Pod> related, Instant now) {
        this.now = now;
        for (Pod pod : related) {
            if (PodFacts.isActive(pod) && !pod.spec().nodeName().isEmpty()) {
                neighbours.merge(pod.spec().nodeName(), 1, Integer::sum);
            }
        }
    }

    @Override
    public int compare(Pod a, Pod b) {
        return rank(a).compareTo(rank(b));
    }

    /** The so many that go first, in their order. Looks at each pod once, and sorts no more than it gives. */
    public List<Pod> first(int count, Collection<Pod> pods) {
        PriorityQueue<Rank> kept = new PriorityQueue<>(Comparator.reverseOrder());
        for (Pod pod : pods) {
            Rank rank = rank(pod);
            if (kept.size() < count) {
                kept.add(rank);
            } else if (count > 0 && rank.compareTo(kept.element()) < 0) {
                kept.remove();
                kept.add(rank);
            }
        }
        return kept.stream().sorted().map(Rank::pod).toList();
    }

    /** What is compared of a pod; the lower goes first. */
    private record Rank(
            Pod pod,
            boolean hasNode,
            int phase,
            boolean ready,
            int cost,
            int neighbours,
            int readyFor,
            int restarts,
            int age)
            implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            int first = Boolean.compare(hasNode, other.hasNode);
            first = first != 0 ? first : Integer.compare(phase, other.phase);
            first = first != 0 ? first : Boolean.compare(ready, other.ready);
            first = first != 0 ? first : Integer.compare(cost, other.cost);
            first = first != 0 ? first : Integer.compare(other.neighbours, neighbours);
            first = first != 0 ? first : Integer.compare(readyFor, other.readyFor);
            first = first != 0 ? first : Integer.compare(other.restarts, restarts);
            first = first != 0 ? first : Integer.compare(age, other.age);
            return first != 0
                    ? first
                    : pod.metadata().uid().compareTo(other.pod.metadata().uid());
        }
    }

    private Rank rank(Pod pod) {
        @Nullable Instant readySince = PodFacts.readySince(pod).orElse(null);
        return new Rank(
                pod,
                !pod.spec().nodeName().isEmpty(),
                phaseRank(pod),
                PodFacts.isReady(pod),
                deletionCost(pod),
                neighbours.getOrDefault(pod.spec().nodeName(), 0),
                magnitude(readySince),
                PodFacts.restarts(pod),
                magnitude(created(pod)));
    }

    /** Later first; what is unknown counts as the latest. */
    private int magnitude(@Nullable Instant since) {
        if (since == null) {
            return -1;
        }
        long nanos = Math.max(1, Duration.between(since, now).toNanos());
        return Long.SIZE - Long.numberOfLeadingZeros(nanos);
    }

    private static @Nullable Instant created(Pod pod) {
        Time created = pod.metadata().creationTimestamp();
        return created == null ? null : created.instant();
    }

    private static int phaseRank(Pod pod) {
        return switch (pod.status().phase()) {
            case PodPhase.RUNNING -> 2;
            case PodPhase.UNKNOWN -> 1;
            default -> 0;
        };
    }

    private static int deletionCost(Pod pod) {
        String cost = pod.metadata().annotations().get(DELETION_COST);
        if (cost == null) {
            return 0;
        }
        try {
            return Integer.parseInt(cost);
        } catch (NumberFormatException e) {
            return 0; // as Kubernetes: what is no number costs nothing
        }
    }
}
