package io.orchestrator.core.control.pods;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.core.control.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers where pods failed, so that they are replaced ever more slowly there: a node may refuse them for good. The place is the
 * node of a pod that belongs to it, or the pod's own name where that stays. Forgets what was long ago. A restart forgets
 * everything, which costs one early try.
 *
 * <p><b>Threads.</b> Safe for concurrent use.
 */
public final class FailedPods {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(15));
    private static final Duration MEMORY = BACKOFF.max().multipliedBy(2);

    private record Failures(int count, Instant last) {}

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Map<String, Failures>> byOwner = new HashMap<>();

    /** How long a failed pod at this place is still to be left. */
    public Duration left(String owner, String place, Instant now) {
        Failures failures;
        synchronized (lock) {
            failures = byOwner.getOrDefault(owner, Map.of()).get(place);
        }
        if (failures == null || isOld(failures, now)) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, failures.last().plus(BACKOFF.delay(failures.count())));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A failed pod at this place was deleted. */
    public void replaced(String owner, String place, Instant now) {
        synchronized (lock) {
            byOwner.computeIfAbsent(owner, uid -> new HashMap<>())
                    .compute(
                            place,
                            (name, before) ->
                                    new Failures(before == null || isOld(before, now) ? 1 : before.count() + 1, now));
        }
    }

    /** Keeps only what these owners' pods did. */
    public void retain(Set<String> owners) {
        synchronized (lock) {
            byOwner.keySet().retainAll(owners);
        }
    }

    private static boolean isOld(Failures failures, Instant now) {
        return failures.last().plus(MEMORY).isBefore(now);
    }
}
