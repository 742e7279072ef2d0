package io.orchestrator.core.agent;

import io.orchestrator.spi.runtime.ContainerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How long a container that ended rests before it is started again: not at all the first time, then 10 s, doubled up to
 * five minutes. The count of quick ends travels on the container itself, so an agent that restarts knows it; ten minutes
 * without an end, or another image, clear it. Pure.
 */
final class RestartBackoff {
    static final String QUICK_ENDS = "orchestrator.io/quick-ends";
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofMinutes(5);
    private static final Duration CLEARED_AFTER = Duration.ofMinutes(10);

    private RestartBackoff() {}

    /** The count that the next attempt after this ended container carries. */
    static int quickEndsAfter(ContainerState ended, String nextImage) {
        if (!ended.image().equals(nextImage)) {
            return 0;
        }
        return ranLong(ended) ? 1 : quickEnds(ended.annotations()) + 1;
    }

    /** When the container may be started again. */
    static Instant restartAt(ContainerState ended, String nextImage) {
        Instant finished = ended.finishedAt() == null ? ended.createdAt() : ended.finishedAt();
        return finished.plus(delay(quickEndsAfter(ended, nextImage)));
    }

    static Duration delay(int quickEnds) {
        return quickEnds < 2 ? Duration.ZERO : ladder(quickEnds - 2);
    }

    /** 10 s, 20 s, 40 s, ... five minutes. */
    static Duration ladder(int step) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(step, 20));
        return delay.compareTo(MOST) > 0 ? MOST : delay;
    }

    static int quickEnds(Map<String, String> annotations) {
        String count = annotations.getOrDefault(QUICK_ENDS, "0");
        return count.matches("\\d{1,6}") ? Integer.parseInt(count) : 0;
    }

    private static boolean ranLong(ContainerState ended) {
        return ended.startedAt() != null
                && ended.finishedAt() != null
                && Duration.between(ended.startedAt(), ended.finishedAt()).compareTo(CLEARED_AFTER) >= 0;
    }
}
