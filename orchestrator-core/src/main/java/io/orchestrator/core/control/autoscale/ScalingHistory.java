package io.orchestrator.core.control.autoscale;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.control.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was wanted and done of late, for each autoscaler. A restart forgets it: then the present size counts as what was wanted
 * last, so that nothing shrinks before the window has passed again.
 *
 * <p><b>Threads.</b> Safe for concurrent use.
 */
final class ScalingHistory {
    /** No window and no period is longer. */
    private static final long LONGEST_SECONDS = 3600;

    private record Past(String uid, List<Moment> recommendations, List<Moment> changes) {}

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<ObjectKey, Past> pasts = new HashMap<>();

    /** An autoscaler is looked at, the first time perhaps. @param current the size at present */
    void begin(ObjectKey key, String uid, int current, long now) {
        synchronized (lock) {
            Past past = pasts.get(key);
            if (past == null || !past.uid().equals(uid)) {
                List<Moment> known = new ArrayList<>(List.of(new Moment(now, current)));
                pasts.put(key, new Past(uid, known, new ArrayList<>()));
            }
        }
    }

    List<Moment> recommendations(ObjectKey key) {
        synchronized (lock) {
            Past past = pasts.get(key);
            return past == null ? List.of() : List.copyOf(past.recommendations());
        }
    }

    List<Moment> changes(ObjectKey key) {
        synchronized (lock) {
            Past past = pasts.get(key);
            return past == null ? List.of() : List.copyOf(past.changes());
        }
    }

    void recommended(ObjectKey key, int wanted, long now) {
        synchronized (lock) {
            Past past = pasts.get(key);
            if (past != null) {
                note(past.recommendations(), new Moment(now, wanted), now);
            }
        }
    }

    void changed(ObjectKey key, int by, long now) {
        synchronized (lock) {
            Past past = pasts.get(key);
            if (past != null) {
                note(past.changes(), new Moment(now, by), now);
            }
        }
    }

    void forget(ObjectKey key) {
        synchronized (lock) {
            pasts.remove(key);
        }
    }

    private static void note(List<Moment> moments, Moment added, long now) {
        moments.removeIf(moment -> !moment.isWithin(LONGEST_SECONDS, now));
        moments.add(added);
    }
}
