package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.PodView;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/** A pod that waits for a node. Mutable; owned by the queue. */
final class QueuedPod {
    static final Comparator<QueuedPod> READINESS = Comparator.<QueuedPod>comparingLong(queued -> queued.readyNanos)
            .thenComparingLong(queued -> queued.sequence);

    /** Where it is kept. */
    enum Place {
        /** May not be tried: the pod itself must change, or something that its gate looks at. */
        GATED,
        /** Is tried as soon as those before it were. */
        ACTIVE,
        /** Is tried when its back-off ends. */
        BACKING_OFF,
        /** Is tried when something changes that could help. */
        UNSCHEDULABLE,
        /** Was taken out to be tried. */
        IN_FLIGHT,
        /** Is not known to the queue any more. */
        NOWHERE
    }

    final long sequence;
    PodView pod;
    Place place = Place.NOWHERE;
    int failures;
    long readyNanos;
    long parkedNanos;

    /** The number of the first change that the attempt under way may not have seen. */
    long unseen;

    private Set<? extends Plugin> rejectedBy = Set.of();
    private Set<ChangeKind> heeded = EnumSet.noneOf(ChangeKind.class);

    QueuedPod(PodView pod, long sequence) {
        this.pod = pod;
        this.sequence = sequence;
    }

    void rejectedBy(Set<? extends Plugin> plugins) {
        rejectedBy = plugins;
        heeded = EnumSet.noneOf(ChangeKind.class);
        plugins.forEach(plugin -> heeded.addAll(plugin.retryOn()));
        if (plugins.isEmpty()) {
            // There were no nodes to refuse it.
            heeded.add(ChangeKind.NODE_ADDED);
        }
    }

    /** Whether one of those that refused it may think otherwise after this. */
    boolean couldBeHelpedBy(ClusterChange change) {
        boolean concerned = false;
        for (ChangeKind kind : change.kinds()) {
            concerned |= heeded.contains(kind);
        }
        if (!concerned) {
            return false;
        }
        if (rejectedBy.isEmpty()) {
            return true;
        }
        for (Plugin plugin : rejectedBy) {
            if (retries(plugin, change) && plugin.couldHelp(change, pod)) {
                return true;
            }
        }
        return false;
    }

    private static boolean retries(Plugin plugin, ClusterChange change) {
        if (change instanceof ClusterChange.ObjectChanged object
                && !plugin.reads().contains(object.type())) {
            return false;
        }
        for (ChangeKind kind : change.kinds()) {
            if (plugin.retryOn().contains(kind)) {
                return true;
            }
        }
        return false;
    }
}
