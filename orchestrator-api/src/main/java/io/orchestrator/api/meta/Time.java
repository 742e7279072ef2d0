package io.orchestrator.api.meta;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A point in time to the second, in UTC on the wire: {@code 2006-01-02T15:04:05Z}. What is finer is cut off. */
public record Time(Instant instant) implements Comparable<Time> {
    public Time {
        instant = instant.truncatedTo(ChronoUnit.SECONDS);
    }

    public static Time of(Instant instant) {
        return new Time(instant);
    }

    /**
     * Reads RFC 3339, with any offset and any fraction of a second.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static Time parse(String text) {
        return new Time(Rfc3339.parse(text));
    }

    public boolean isBefore(Time other) {
        return instant.isBefore(other.instant);
    }

    public boolean isAfter(Time other) {
        return instant.isAfter(other.instant);
    }

    @Override
    public int compareTo(Time other) {
        return instant.compareTo(other.instant);
    }

    /** The form on the wire. */
    @Override
    public String toString() {
        return Rfc3339.seconds(instant);
    }
}
