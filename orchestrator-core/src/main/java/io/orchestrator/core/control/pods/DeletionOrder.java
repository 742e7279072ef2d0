package io.orchestrator.core.control.pods;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
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
        int order = Boolean.compare(
                !a.spec().nodeName().isEmpty(), !b.spec().nodeName().isEmpty());
        if (order == 0) {
            order = Integer.compare(phaseRank(a), phaseRank(b));
        }
        if (order == 0) {
            order = Boolean.compare(PodFacts.isReady(a), PodFacts.isReady(b));
        }
        if (order == 0) {
            order = Integer.compare(deletionCost(a), deletionCost(b));
        }
        if (order == 0) {
            order = Integer.compare(neighboursOf(b), neighboursOf(a));
        }
        if (order == 0 && PodFacts.isReady(a)) {
            order = byMagnitude(
                    PodFacts.readySince(a).orElse(null), PodFacts.readySince(b).orElse(null));
        }
        if (order == 0) {
            order = Integer.compare(PodFacts.restarts(b), PodFacts.restarts(a));
        }
        if (order == 0) {
            order = byMagnitude(created(a), created(b));
        }
        return order != 0 ? order : a.metadata().uid().compareTo(b.metadata().uid());
    }

    private int neighboursOf(Pod pod) {
        return neighbours.getOrDefault(pod.spec().nodeName(), 0);
    }

    /** Later first; what is unknown counts as the latest. */
    private int byMagnitude(@Nullable Instant a, @Nullable Instant b) {
        return Integer.compare(magnitude(a), magnitude(b));
    }

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
