package io.orchestrator.core.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * At which containers of a node a look is due. One that writes is looked at each time, so that the times of its output are known;
 * one that has written nothing for a while rests until the system says that something is written in its folder. Now and then a look
 * is due at all, as nobody says that a process which this JVM has not begun was killed. Thread-safe.
 */
final class ContainerLooks {
    /** So many looks after it has last written, a container rests. */
    private static final int PATIENCE = 8;

    /** Each so many looks is one at all. */
    private static final int ALL = 8;

    private final FolderWatch watch;
    private final Map<ProcessContainer, Activity> activities = new HashMap<>();
    private int looks;

    ContainerLooks(FolderWatch watch) {
        this.watch = watch;
    }

    List<ProcessContainer> due(List<ProcessContainer> containers) {
        watch.tell();
        synchronized (this) {
            boolean all = looks++ % ALL == 0;
            if (all) {
                activities.keySet().retainAll(Set.copyOf(containers));
            }
            List<ProcessContainer> due = new ArrayList<>();
            for (ProcessContainer container : containers) {
                if (!container.ended().isDone()
                        && (all || !activityOf(container).rests())) {
                    due.add(container);
                }
            }
            return due;
        }
    }

    private Activity activityOf(ProcessContainer container) {
        return activities.computeIfAbsent(container, added -> new Activity());
    }

    /** To be called after a look that was due. */
    void looked(ProcessContainer container) {
        Activity activity;
        synchronized (this) {
            activity = activityOf(container);
        }
        if (activity.isToBeWatched(container.log().seen()) && !watch.watch(container.directory(), activity::wake)) {
            activity.wake();
        }
    }

    /** Of one container. */
    private static final class Activity {
        private long seen = -1;
        private int quiet;

        /** The look after the watch began is the last one, as something may have been written just before. */
        synchronized boolean rests() {
            return quiet > PATIENCE;
        }

        synchronized boolean isToBeWatched(long now) {
            quiet = now == seen ? quiet + 1 : 0;
            seen = now;
            return quiet == PATIENCE;
        }

        synchronized void wake() {
            quiet = 0;
        }
    }
}
