package io.orchestrator.core.cron;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * An expression that may begin with the name of a zone, as in {@code TZ=Europe/Berlin 0 3 * * *} or with {@code CRON_TZ=}. New objects may not
 * have that; old ones are read.
 *
 * @param zone as it is written; null where none is
 */
public record ZonedExpression(@Nullable String zone, String expression) {

    public static ZonedExpression of(String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith("TZ=") && !trimmed.startsWith("CRON_TZ=")) {
            return new ZonedExpression(null, trimmed);
        }
        String zone = trimmed.split("\\s+", 2)[0];
        String rest = trimmed.substring(zone.length()).strip();
        return new ZonedExpression(zone.substring(zone.indexOf('=') + 1), rest);
    }

    /**
     * A zone of the tz database. Its names for offsets alone, such as {@code +02:00}, are the JDK's, and not meant.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ZoneId zone(String name) {
        if (name.equals("UTC") || name.isEmpty()) {
            return ZoneOffset.UTC;
        }
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new IllegalArgumentException("unknown time zone " + name);
        }
        return ZoneId.of(name);
    }
}
