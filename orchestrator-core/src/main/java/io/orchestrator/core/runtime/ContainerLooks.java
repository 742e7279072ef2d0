package io.orchestrator.core.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * At which containers of a node a look is due. One that writes is looked at each time, so that the times of its output are known;
 * one that has written nothing for a while rests until the system says that something is written in its folder. Nobody says that a
 * process was killed which this JVM has not begun: those are looked at now and then, and the others seldom, as a watch may miss
 * something. Thread-safe.
 */
final class ContainerLooks {
    /** So many looks after it has last written, a container rests. */
    private static final int PATIENCE = 8;

    /** Each so many looks is one at all whose end nobody would tell of. */
    private static final int UNTOLD = 8;

    /** Each so many is one at all. */
    private static final int ALL = 64;

    /** One of them. */
    interface Subject {
        boolean hasEnded();

        /** Whether somebody will say so when it ends. */
        boolean tellsOfItsEnd();

        /** How much output is known of. */
        long written();

        /** Where it writes. */
        Path directory();
    }

    private final FolderWatch watch;
    private final Map<Subject, Activity> activities = new HashMap<>();
    private int looks;

    ContainerLooks(FolderWatch watch) {
        this.watch = watch;
    }

    <T extends Subject> List<T> due(List<T> containers) {
        watch.tell();
        synchronized (this) {
            boolean untold = looks % UNTOLD == 0;
            boolean all = looks++ % ALL == 0;
            if (untold) {
                activities.keySet().retainAll(Set.copyOf(containers));
            }
            List<T> due = new ArrayList<>();
            for (T container : containers) {
                if (!container.hasEnded()
                        && (all || !activityOf(container).rests() || untold && !container.tellsOfItsEnd())) {
                    due.add(container);
                }
            }
            return due;
        }
    }

    private Activity activityOf(Subject container) {
        return activities.computeIfAbsent(container, added -> new Activity());
    }

    /** To be called after a look that was due. */
    void looked(Subject container) {
        Activity activity;
        synchronized (this) {
            activity = activityOf(container);
        }
        if (activity.isToBeWatched(container.written()) && !watch.watch(container.directory(), activity::wake)) {
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
