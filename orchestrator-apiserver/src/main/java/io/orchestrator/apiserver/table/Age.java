package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Time;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Spans of time in the two units that matter, as kubectl prints them: {@code 45s}, {@code 3m20s}, {@code 5d}. */
final class Age {
    private static final String UNKNOWN = "<unknown>";

    private Age() {}

    static String of(Resource object, Instant now) {
        return since(object.metadata().creationTimestamp(), now);
    }

    static String since(@Nullable Time moment, Instant now) {
        return moment == null ? UNKNOWN : human(Duration.between(moment.instant(), now));
    }

    static String human(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        seconds = Math.max(0, seconds);
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        if (hours < 192) {
            return two(days, "d", hours % 24, "h");
        }
        if (days < 730) {
            return days + "d";
        }
        long years = days / 365;
        return years < 8 ? two(years, "y", days % 365, "d") : years + "y";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
    }
}
