package io.orchestrator.core.cron;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When something is due.
 *
 * <p>Where clocks go forward, what falls into the hour that is left out is not due; where they go back, what falls into the hour that comes
 * twice is due twice.
 */
public sealed interface CronSchedule permits FieldSchedule, IntervalSchedule {

    /** The first moment after this one; empty when none comes within five years, as on the 30th of February. */
    Optional<Instant> next(Instant after, ZoneId zone);

    /** The last moment after the first and not after the second; empty when there is none. */
    Optional<Instant> latest(Instant after, Instant until, ZoneId zone);

    /**
     * Reads an expression: minute, hour, day of month, month and day of week, or one of {@code @yearly}, {@code @annually}, {@code @monthly},
     * {@code @weekly}, {@code @daily}, {@code @midnight}, {@code @hourly}, {@code @every 1h30m}. Names of a zone are not part of it: see
     * {@link ZonedExpression}.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong about it
     */
    static CronSchedule parse(String expression) {
        String trimmed = expression.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("empty spec string");
        }
        return trimmed.startsWith("@") ? described(trimmed) : FieldSchedule.parse(trimmed);
    }

    private static CronSchedule described(String word) {
        return switch (word) {
            case "@yearly", "@annually" -> FieldSchedule.parse("0 0 1 1 *");
            case "@monthly" -> FieldSchedule.parse("0 0 1 * *");
            case "@weekly" -> FieldSchedule.parse("0 0 * * 0");
            case "@daily", "@midnight" -> FieldSchedule.parse("0 0 * * *");
            case "@hourly" -> FieldSchedule.parse("0 * * * *");
            default -> IntervalSchedule.parse(word);
        };
    }
}
