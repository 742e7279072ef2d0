package io.orchestrator.core.cron;

import io.orchestrator.core.cron.CronField.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Due in the minutes that the five fields name. */
record FieldSchedule(CronField minute, CronField hour, CronField dayOfMonth, CronField month, CronField dayOfWeek)
        implements CronSchedule {
    private static final int FIELDS = 5;
    private static final int HORIZON_YEARS = 5;
    private static final int DAYS_OF_WEEK = 7;

    static FieldSchedule parse(String expression) {
        List<String> fields = List.of(expression.strip().split("\\s+"));
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("expected exactly " + FIELDS + " fields, found " + fields.size() + ": ["
                    + String.join(" ", fields) + "]");
        }
        return new FieldSchedule(
                CronField.parse(fields.get(0), Unit.MINUTE),
                CronField.parse(fields.get(1), Unit.HOUR),
                CronField.parse(fields.get(2), Unit.DAY_OF_MONTH),
                CronField.parse(fields.get(3), Unit.MONTH),
                CronField.parse(fields.get(4), Unit.DAY_OF_WEEK));
    }

    /** From the widest field to the narrowest; hours and minutes pass as time does, whatever the clocks show. */
    @Override
    public Optional<Instant> next(Instant after, ZoneId zone) {
        ZonedDateTime time = after.truncatedTo(ChronoUnit.MINUTES).atZone(zone).plusMinutes(1);
        int lastYear = time.getYear() + HORIZON_YEARS;
        while (time.getYear() <= lastYear) {
            LocalDate date = time.toLocalDate();
            if (!month.has(date.getMonthValue())) {
                time = date.withDayOfMonth(1).plusMonths(1).atStartOfDay(zone);
            } else if (!isDay(date)) {
                time = date.plusDays(1).atStartOfDay(zone);
            } else if (!hour.has(time.getHour())) {
                time = time.plusMinutes(60L - time.getMinute());
            } else if (!minute.has(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return Optional.of(time.toInstant());
            }
        }
        return Optional.empty();
    }

    /** Looks back ever further until something is found, so that what is due every minute is found as quickly as what is due once a year. */
    @Override
    public Optional<Instant> latest(Instant after, Instant until, ZoneId zone) {
        Duration back = Duration.ofMinutes(1);
        while (true) {
            Instant start = until.minus(back);
            Instant from = start.isBefore(after) ? after : start;
            Instant found = next(from, zone).orElse(null);
            Instant last = null;
            while (found != null && !found.isAfter(until)) {
                last = found;
                found = next(found, zone).orElse(null);
            }
            if (last != null || !start.isAfter(after)) {
                return Optional.ofNullable(last);
            }
            back = back.multipliedBy(2);
        }
    }

    /** Either day will do when both are named; a day that is not named leaves the choice to the other. */
    private boolean isDay(LocalDate date) {
        boolean monthly = dayOfMonth.has(date.getDayOfMonth());
        boolean weekly = dayOfWeek.has(date.getDayOfWeek().getValue() % DAYS_OF_WEEK);
        return dayOfMonth.any() || dayOfWeek.any() ? monthly && weekly : monthly || weekly;
    }
}
