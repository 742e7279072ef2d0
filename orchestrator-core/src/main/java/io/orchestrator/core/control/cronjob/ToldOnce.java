package io.orchestrator.core.control.cronjob;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.control.ObjectKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was told of a cron job already, so that looking at it again is not telling it again. A restart forgets, which costs an event.
 *
 * <p><b>Threads.</b> Safe for concurrent use.
 */
final class ToldOnce {
    private static final int REMEMBERED = 100;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<ObjectKey, Set<String>> told = new HashMap<>();

    /** Whether this was not told before. From now on it was. */
    boolean isNew(ObjectKey key, String what) {
        synchronized (lock) {
            Set<String> known = told.computeIfAbsent(key, name -> new LinkedHashSet<>());
            if (!known.add(what)) {
                return false;
            }
            if (known.size() > REMEMBERED) {
                known.remove(known.iterator().next());
            }
            return true;
        }
    }

    void forget(ObjectKey key) {
        synchronized (lock) {
            told.remove(key);
        }
    }
}
