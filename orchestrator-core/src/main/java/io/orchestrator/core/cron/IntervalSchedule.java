package io.orchestrator.core.cron;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Due again and again after so much time, whatever the clocks show. Whole seconds; at least one. */
record IntervalSchedule(Duration interval) implements CronSchedule {
    private static final String EVERY = "@every ";
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");

    static IntervalSchedule parse(String word) {
        if (!word.startsWith(EVERY)) {
            throw new IllegalArgumentException("unrecognized descriptor: " + word);
        }
        Duration interval = duration(word.substring(EVERY.length()), word).truncatedTo(ChronoUnit.SECONDS);
        return new IntervalSchedule(interval.isZero() ? Duration.ofSeconds(1) : interval);
    }

    @Override
    public Optional<Instant> next(Instant after, ZoneId zone) {
        return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(interval));
    }

    @Override
    public Optional<Instant> latest(Instant after, Instant until, ZoneId zone) {
        Instant start = after.truncatedTo(ChronoUnit.SECONDS);
        long times = Duration.between(start, until).dividedBy(interval);
        return times < 1 ? Optional.empty() : Optional.of(start.plus(interval.multipliedBy(times)));
    }

    /** As in {@code 1h30m} or {@code 1.5h}. */
    private static Duration duration(String text, String word) {
        Matcher matcher = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (end < text.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException("failed to parse duration " + word);
            }
            BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanosOf(matcher.group(2))));
            sum = sum.plusNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
            end = matcher.end();
        }
        if (end == 0) {
            throw new IllegalArgumentException("failed to parse duration " + word);
        }
        return sum;
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "ms" -> Duration.ofMillis(1).toNanos();
            case "s" -> Duration.ofSeconds(1).toNanos();
            case "m" -> Duration.ofMinutes(1).toNanos();
            case "h" -> Duration.ofHours(1).toNanos();
            default -> 1000;
        };
    }
}
