package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.PodView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The pods that wait. One that failed is tried again after a back-off of 1 s, doubling to 10 s; one that fits nowhere not
 * before something changed that could help, or five minutes have passed. Times are monotonic nanoseconds given by the caller.
 * Owned by the scheduler's loop.
 */
final class SchedulingQueue {
    private static final long FIRST_BACKOFF = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_BACKOFF = Duration.ofSeconds(10).toNanos();
    private static final long LONGEST_PARKING = Duration.ofMinutes(5).toNanos();

    /** So many changes are remembered for pods that are being tried; who missed more is tried again anyway. */
    private static final int REMEMBERED = 4096;

    private final Map<String, QueuedPod> byUid = new HashMap<>();
    private final TreeSet<QueuedPod> active;
    private final TreeSet<QueuedPod> backingOff = new TreeSet<>(QueuedPod.READINESS);

    /** In the order they were parked. */
    private final Map<String, QueuedPod> unschedulable = new LinkedHashMap<>();

    private final Map<String, QueuedPod> gated = new LinkedHashMap<>();

    /** The changes since the oldest attempt under way began, or the latest of them; the last has the number before the next. */
    private final Deque<ClusterChange> recent = new ArrayDeque<>();

    private long nextChange;
    private int inFlight;
    private long sequence;

    /** @param order who comes first; among equals it is who has waited longest */
    SchedulingQueue(Comparator<PodView> order) {
        active = new TreeSet<>(Comparator.<QueuedPod, PodView>comparing(queued -> queued.pod, order)
                .thenComparingLong(queued -> queued.sequence));
    }

    /**
     * Takes in a waiting pod's first or new state.
     *
     * @param admitted whether it may be tried at all
     */
    void offer(PodView pod, boolean admitted, long now) {
        QueuedPod queued = byUid.get(pod.uid());
        if (queued == null) {
            queued = new QueuedPod(pod, sequence++);
            byUid.put(pod.uid(), queued);
            put(queued, admitted ? QueuedPod.Place.ACTIVE : QueuedPod.Place.GATED);
            return;
        }
        boolean changed = asksOtherwise(queued.pod, pod);
        QueuedPod.Place place = queued.place;
        boolean stays = place == QueuedPod.Place.IN_FLIGHT
                || (place == QueuedPod.Place.UNSCHEDULABLE && admitted && !changed)
                || (place == QueuedPod.Place.GATED && !admitted);
        if (stays) {
            takeOver(queued, pod, changed);
            return;
        }
        take(queued);
        queued.pod = pod;
        if (!admitted) {
            put(queued, QueuedPod.Place.GATED);
        } else if (place == QueuedPod.Place.GATED || place == QueuedPod.Place.UNSCHEDULABLE) {
            ready(queued, now);
        } else {
            put(queued, place);
        }
    }

    /** Should the placement that is under way come to nothing, the next attempt is about the pod as it is now. */
    void changedInFlight(PodView pod) {
        QueuedPod queued = byUid.get(pod.uid());
        if (queued != null && queued.place == QueuedPod.Place.IN_FLIGHT) {
            takeOver(queued, pod, asksOtherwise(queued.pod, pod));
        }
    }

    private static boolean asksOtherwise(PodView before, PodView now) {
        return !before.spec().equals(now.spec())
                || !before.pod().metadata().labels().equals(now.pod().metadata().labels());
    }

    private static void takeOver(QueuedPod queued, PodView pod, boolean changed) {
        queued.pod = pod;
        if (changed) {
            // An attempt under way is about the pod as it was.
            queued.unseen = -1;
        }
    }

    /** The pod no longer waits: it was deleted, or has a node. */
    void remove(String uid) {
        QueuedPod queued = byUid.remove(uid);
        if (queued != null) {
            take(queued);
        }
    }

    /** The most urgent pod that may be tried now, or null. It stays known until it is removed or comes back. */
    @Nullable
    QueuedPod poll() {
        QueuedPod queued = active.pollFirst();
        if (queued != null) {
            queued.unseen = nextChange;
            put(queued, QueuedPod.Place.IN_FLIGHT);
        }
        return queued;
    }

    boolean hasActive() {
        return !active.isEmpty();
    }

    /**
     * The pod was refused: it waits for a change, or goes on at once when one came during the attempt. No effect when it was
     * removed meanwhile.
     */
    void park(QueuedPod queued, Set<? extends Plugin> rejectedBy, long now) {
        if (byUid.get(queued.pod.uid()) == queued) {
            failed(queued, now);
            queued.rejectedBy(rejectedBy);
            queued.parkedNanos = now;
            boolean missed = missedHelp(queued);
            take(queued);
            if (missed) {
                ready(queued, now);
            } else {
                put(queued, QueuedPod.Place.UNSCHEDULABLE);
            }
        }
    }

    private boolean missedHelp(QueuedPod queued) {
        long oldest = nextChange - recent.size();
        if (queued.unseen < oldest) {
            return true;
        }
        long number = oldest;
        for (ClusterChange change : recent) {
            if (number >= queued.unseen && queued.couldBeHelpedBy(change)) {
                return true;
            }
            number++;
        }
        return false;
    }

    /** Something else went wrong: it is tried again after its back-off. No effect when it was removed meanwhile. */
    void retry(QueuedPod queued, long now) {
        if (byUid.get(queued.pod.uid()) == queued) {
            failed(queued, now);
            take(queued);
            ready(queued, now);
        }
    }

    /** Whoever waits for a change need not wait longer. */
    void release(String uid, long now) {
        QueuedPod queued = byUid.get(uid);
        if (queued != null && queued.place == QueuedPod.Place.UNSCHEDULABLE) {
            take(queued);
            ready(queued, now);
        }
    }

    /** Lets go of those waiting pods that the change might help. */
    void wake(ClusterChange change, long now) {
        if (inFlight > 0) {
            recent.add(change);
            nextChange++;
            if (recent.size() > REMEMBERED) {
                recent.poll();
            }
        }
        List<QueuedPod> woken = new ArrayList<>();
        for (QueuedPod queued : unschedulable.values()) {
            if (queued.couldBeHelpedBy(change)) {
                woken.add(queued);
            }
        }
        for (QueuedPod queued : woken) {
            take(queued);
            ready(queued, now);
        }
    }

    /** The pods that may not be tried. */
    List<PodView> gated() {
        return gated.values().stream().map(queued -> queued.pod).toList();
    }

    /** Moves what is due: ended back-offs, and pods that have waited for a change too long. */
    void advance(long now) {
        while (!backingOff.isEmpty() && backingOff.first().readyNanos - now <= 0) {
            put(backingOff.pollFirst(), QueuedPod.Place.ACTIVE);
        }
        List<QueuedPod> stale = new ArrayList<>();
        for (QueuedPod queued : unschedulable.values()) {
            if (queued.parkedNanos + LONGEST_PARKING - now > 0) {
                break;
            }
            stale.add(queued);
        }
        for (QueuedPod queued : stale) {
            take(queued);
            ready(queued, now);
        }
    }

    /** When {@link #advance} has something to move next. */
    OptionalLong nextAdvance() {
        long next = Long.MAX_VALUE;
        if (!backingOff.isEmpty()) {
            next = backingOff.first().readyNanos;
        }
        if (!unschedulable.isEmpty()) {
            next = Math.min(next, unschedulable.values().iterator().next().parkedNanos + LONGEST_PARKING);
        }
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    SchedulerFigures.Pending pending() {
        return new SchedulerFigures.Pending(active.size(), backingOff.size(), unschedulable.size(), gated.size());
    }

    /** How many pods wait, wherever. */
    int size() {
        return byUid.size();
    }

    private static void failed(QueuedPod queued, long now) {
        long backoff = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF << Math.min(queued.failures, 10));
        queued.failures++;
        queued.readyNanos = now + backoff;
    }

    private void ready(QueuedPod queued, long now) {
        boolean backedOff = queued.failures == 0 || queued.readyNanos - now <= 0;
        put(queued, backedOff ? QueuedPod.Place.ACTIVE : QueuedPod.Place.BACKING_OFF);
    }

    private void put(QueuedPod queued, QueuedPod.Place place) {
        queued.place = place;
        switch (place) {
            case ACTIVE -> active.add(queued);
            case BACKING_OFF -> backingOff.add(queued);
            case UNSCHEDULABLE -> unschedulable.put(queued.pod.uid(), queued);
            case GATED -> gated.put(queued.pod.uid(), queued);
            case IN_FLIGHT -> inFlight++;
            case NOWHERE -> {}
        }
    }

    private void take(QueuedPod queued) {
        switch (queued.place) {
            case ACTIVE -> active.remove(queued);
            case BACKING_OFF -> backingOff.remove(queued);
            case UNSCHEDULABLE -> unschedulable.remove(queued.pod.uid());
            case GATED -> gated.remove(queued.pod.uid());
            case IN_FLIGHT -> {
                inFlight--;
                if (inFlight == 0) {
                    recent.clear();
                }
            }
            case NOWHERE -> {}
        }
        queued.place = QueuedPod.Place.NOWHERE;
    }
}
