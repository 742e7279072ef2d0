package io.orchestrator.core.schedule;

import java.util.Comparator;
import java.util.Set;

/** A pod that waits for a node. Mutable; owned by the queue. */
final class QueuedPod {
    /** Higher priority first, then who waits longest. */
    static final Comparator<QueuedPod> URGENCY = Comparator.<QueuedPod>comparingInt(
                    queued -> -clamp(queued.pod.priority()))
            .thenComparingLong(queued -> queued.sequence);

    static final Comparator<QueuedPod> READINESS = Comparator.<QueuedPod>comparingLong(queued -> queued.readyNanos)
            .thenComparingLong(queued -> queued.sequence);

    /** Where it is kept. */
    enum Place {
        /** Waits for something that no plugin was asked about: the pod itself must change. */
        GATED,
        /** Is tried as soon as those before it were. */
        ACTIVE,
        /** Is tried when its back-off ends. */
        BACKING_OFF,
        /** Is tried when something changes that could help. */
        UNSCHEDULABLE,
        /** Was taken out to be tried. */
        IN_FLIGHT
    }

    final long sequence;
    PodView pod;
    Place place = Place.ACTIVE;
    int failures;
    long readyNanos;
    long parkedNanos;
    Set<FilterPlugin> rejectedBy = Set.of();

    QueuedPod(PodView pod, long sequence) {
        this.pod = pod;
        this.sequence = sequence;
    }

    /** So that the negation of the lowest priority is not itself. */
    private static int clamp(int priority) {
        return Math.max(priority, -Integer.MAX_VALUE);
    }
}
