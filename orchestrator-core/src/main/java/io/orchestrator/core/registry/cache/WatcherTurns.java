package io.orchestrator.core.registry.cache;

import io.orchestrator.core.env.Environment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the watchers of a cache their turns. A thousand that one write wakes go through a few lanes, one after the other: waking
 * a thread for each would cost ten times what it delivers.
 *
 * <p>A watcher may block in its turn, and then holds up its lane. Where watchers wait, somebody therefore looks after them from
 * time to time: when little has gone on since, the lanes are doubled, so that those who block hold up the others for a moment
 * only. Thread-safe; no lock is held over a turn.
 */
final class WatcherTurns {
    private static final Logger LOG = LoggerFactory.getLogger(WatcherTurns.class);

    /** So many at a time where nobody blocks: more than the machine has processors brings nothing. */
    private static final int LANES = 4;
    /** For so many watchers it is worth to wake another thread. */
    private static final int WORTH_A_LANE = 64;
    /** After so many turns a lane goes to the end of the executor's queue, to let others have their turn. */
    private static final int TURNS_IN_A_ROW = 256;

    private static final long LOOK_MILLIS = 10;
    /** Fewer turns than that between two looks: somebody blocks. */
    private static final int LITTLE = 64;

    private final Environment environment;

    private final Object lock = new Object();
    private final Queue<Watcher> waiting = new ArrayDeque<>();
    private int lanes;
    private int mostLanes = LANES;
    private long turns;
    private long turnsAtLook;
    private boolean looking;

    WatcherTurns(Environment environment) {
        this.environment = environment;
    }

    void add(Watcher watcher) {
        add(List.of(watcher));
    }

    /** Each of them gets a turn, in this order as far as one lane is concerned. None of them waits for one already. */
    void add(List<Watcher> some) {
        if (some.isEmpty()) {
            return;
        }
        int begun;
        boolean look;
        synchronized (lock) {
            waiting.addAll(some);
            begun = Math.max(0, Math.min(mostLanes - lanes, 1 + some.size() / WORTH_A_LANE));
            lanes += begun;
            look = waiting.size() > begun && !looking;
            looking |= look;
            turnsAtLook = look ? turns : turnsAtLook;
        }
        begin(begun);
        if (look) {
            lookLater();
        }
    }

    /** Once the threads are gone there is nobody left to tell. */
    private void begin(int more) {
        try {
            for (int i = 0; i < more; i++) {
                environment.executor().execute(this::lane);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("watchers are not told any more: the environment is closed");
        }
    }

    private void lookLater() {
        try {
            environment.timers().schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("watchers are not told any more: the environment is closed");
        }
    }

    private void lane() {
        for (int row = 0; row < TURNS_IN_A_ROW; row++) {
            Watcher next = next();
            if (next == null) {
                return;
            }
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                leave();
                throw e;
            }
        }
        begin(1);
    }

    /** Null when nobody waits: then the lane has ended. */
    private @Nullable Watcher next() {
        synchronized (lock) {
            Watcher next = waiting.poll();
            if (next == null) {
                leave();
            } else {
                turns++;
            }
            return next;
        }
    }

    private void leave() {
        synchronized (lock) {
            lanes--;
            // Whichever are left may be those of watchers that block.
            mostLanes = lanes + LANES;
        }
    }

    private void look() {
        int more = 0;
        synchronized (lock) {
            looking = !waiting.isEmpty();
            if (!looking) {
                return;
            }
            if (turns - turnsAtLook < LITTLE) {
                more = Math.min(waiting.size(), Math.max(1, lanes));
                lanes += more;
                mostLanes = Math.max(mostLanes, lanes);
            }
            turnsAtLook = turns;
        }
        begin(more);
        lookLater();
    }
}
