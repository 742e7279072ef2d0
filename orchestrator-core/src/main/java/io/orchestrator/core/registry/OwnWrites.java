package io.orchestrator.core.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The newest revision that this registry has written of each kind. A cache that has come so far shows all of it. Thread-safe. */
final class OwnWrites {
    private final Map<ResourceStrategy<?>, AtomicLong> newest = new ConcurrentHashMap<>();

    /** @param revision 0 where nobody knows, which changes nothing */
    void note(ResourceStrategy<?> strategy, long revision) {
        AtomicLong mark = newest.computeIfAbsent(strategy, kind -> new AtomicLong());
        if (mark.get() < revision) {
            mark.accumulateAndGet(revision, Math::max);
        }
    }

    long newest(ResourceStrategy<?> strategy) {
        AtomicLong mark = newest.get(strategy);
        return mark == null ? 0 : mark.get();
    }
}
