package io.orchestrator.api.meta;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A point in time to the microsecond, in UTC on the wire: {@code 2006-01-02T15:04:05.000000Z}. What is finer is cut off. */
public record MicroTime(Instant instant) implements Comparable<MicroTime> {
    public MicroTime {
        instant = instant.truncatedTo(ChronoUnit.MICROS);
    }

    public static MicroTime of(Instant instant) {
        return new MicroTime(instant);
    }

    /**
     * Reads RFC 3339 with exactly six digits of a second's fraction and any offset.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static MicroTime parse(String text) {
        return new MicroTime(Rfc3339.parseMicros(text));
    }

    @Override
    public int compareTo(MicroTime other) {
        return instant.compareTo(other.instant);
    }

    /** The form on the wire. */
    @Override
    public String toString() {
        return Rfc3339.micros(instant);
    }
}
