package io.orchestrator.core.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cron expressions mean what they mean to Kubernetes. */
class CronScheduleTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0/15 * * * *     | 2012-07-09T14:45:00Z | 2012-07-09T15:00:00Z
        */15 * * * *     | 2012-07-09T14:45:00Z | 2012-07-09T15:00:00Z
        20-35/15 * * * * | 2012-07-09T15:45:00Z | 2012-07-09T16:20:00Z
        0 0 * * *        | 2012-07-09T23:46:00Z | 2012-07-10T00:00:00Z
        0 0 9 Apr-Oct ?  | 2012-07-09T23:35:00Z | 2012-08-09T00:00:00Z
        30 08 ? Jan Sun  | 2012-07-09T15:00:00Z | 2013-01-06T08:30:00Z
        0 0 29 Feb ?     | 2012-07-09T23:35:00Z | 2016-02-29T00:00:00Z
        0 0 * * mon      | 2012-07-09T23:35:00Z | 2012-07-16T00:00:00Z
        0 0 1,15 * Wed   | 2012-07-10T00:00:00Z | 2012-07-11T00:00:00Z
        0 0 */2 * Wed    | 2012-07-10T00:00:00Z | 2012-07-11T00:00:00Z
        5,10 1-3 * * *   | 2012-07-10T02:07:30Z | 2012-07-10T02:10:00Z
        @hourly          | 2012-07-09T14:45:10Z | 2012-07-09T15:00:00Z
        @daily           | 2012-07-09T14:45:00Z | 2012-07-10T00:00:00Z
        @weekly          | 2012-07-09T14:45:00Z | 2012-07-15T00:00:00Z
        @monthly         | 2012-07-09T14:45:00Z | 2012-08-01T00:00:00Z
        @yearly          | 2012-07-09T14:45:00Z | 2013-01-01T00:00:00Z
        @every 1h30m10s  | 2012-07-09T14:45:00.5Z | 2012-07-09T16:15:10Z
        @every 10ms      | 2012-07-09T14:45:00Z | 2012-07-09T14:45:01Z
        """)
    void findsTheNextMoment(String expression, Instant after, Instant expected) {
        assertThat(CronSchedule.parse(expression).next(after, ZoneOffset.UTC)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        '30 2 11 Mar ?'  | 2012-03-11T00:00:00-05:00 | 2013-03-11T02:30:00-04:00
        '0 * * * ?'      | 2012-03-11T01:00:00-05:00 | 2012-03-11T03:00:00-04:00
        '0 1 * * ?'      | 2012-03-11T00:00:00-05:00 | 2012-03-11T01:00:00-05:00
        '0 2 * * ?'      | 2012-03-11T00:00:00-05:00 | 2012-03-12T02:00:00-04:00
        '30 2 04 Nov ?'  | 2012-11-04T00:00:00-04:00 | 2012-11-04T02:30:00-05:00
        '45 1 04 Nov ?'  | 2012-11-04T01:45:00-04:00 | 2012-11-04T01:45:00-05:00
        '0 * * * ?'      | 2012-11-04T01:00:00-04:00 | 2012-11-04T01:00:00-05:00
        '0 * * * ?'      | 2012-11-04T01:00:00-05:00 | 2012-11-04T02:00:00-05:00
        '0 0 * * ?'      | 2012-11-04T00:00:00-04:00 | 2012-11-05T00:00:00-05:00
        """)
    void followsTheClocksOfItsZone(String expression, OffsetDateTime after, OffsetDateTime expected) {
        assertThat(CronSchedule.parse(expression).next(after.toInstant(), NEW_YORK))
                .contains(expected.toInstant());
    }

    @Test
    void passesAMidnightThatIsLeftOut() {
        ZoneId zone = ZoneId.of("America/Sao_Paulo"); // until 2018 its clocks went forward at midnight
        Instant after = LocalDateTime.of(2018, 11, 3, 12, 0).atZone(zone).toInstant();
        assertThat(CronSchedule.parse("0 1 * * *").next(after, zone))
                .contains(LocalDateTime.of(2018, 11, 4, 1, 0).atZone(zone).toInstant());
        assertThat(CronSchedule.parse("0 0 * * *").next(after, zone))
                .contains(LocalDateTime.of(2018, 11, 5, 0, 0).atZone(zone).toInstant());
    }

    @Test
    void neverComesOnADayThatNoMonthHas() {
        assertThat(CronSchedule.parse("0 0 30 2 *").next(Instant.EPOCH, ZoneOffset.UTC))
                .isEmpty();
        assertThat(CronSchedule.parse("0 0 30 2 *")
                        .latest(Instant.EPOCH, Instant.parse("2026-01-01T00:00:00Z"), NEW_YORK))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        * * * *         | expected exactly 5 fields, found 4: [* * * *]
        * * * * * *     | expected exactly 5 fields, found 6: [* * * * * *]
        60 * * * *      | end of range (60) above maximum (59): 60
        * * 0 * *       | beginning of range (0) below minimum (1): 0
        * * * * 7       | end of range (7) above maximum (6): 7
        5-3 * * * *     | beginning of range (5) beyond end of range (3): 5-3
        */0 * * * *     | step of range should be a positive number: */0
        1/2/3 * * * *   | too many slashes: 1/2/3
        1-2-3 * * * *   | too many hyphens: 1-2-3
        * * * foo *     | failed to parse int from foo
        @fortnightly    | unrecognized descriptor: @fortnightly
        @every soon     | failed to parse duration @every soon
        '  '            | empty spec string
        """)
    void saysWhatIsWrong(String expression, String problem) {
        assertThatThrownBy(() -> CronSchedule.parse(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    @Test
    void readsTheZoneBeforeASchedule() {
        assertThat(ZonedExpression.of("CRON_TZ=Europe/Berlin 0 3 * * *"))
                .isEqualTo(new ZonedExpression("Europe/Berlin", "0 3 * * *"));
        assertThat(ZonedExpression.of(" TZ=UTC   @daily")).isEqualTo(new ZonedExpression("UTC", "@daily"));
        assertThat(ZonedExpression.of("0 3 * * *").zone()).isNull();
        assertThatThrownBy(() -> ZonedExpression.zone("Mars/Olympus")).hasMessage("unknown time zone Mars/Olympus");
        assertThatThrownBy(() -> ZonedExpression.zone("+02:00")).hasMessage("unknown time zone +02:00");
    }

    /** The plainest reading there is: look at every minute. */
    @Test
    void agreesWithAWalkOverEveryMinute() {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            String expression = randomFields(random);
            FieldSchedule schedule = (FieldSchedule) CronSchedule.parse(expression);
            ZonedDateTime start = LocalDateTime.of(2025, 1 + random.nextInt(12), 1 + random.nextInt(28), 0, 30)
                    .atZone(NEW_YORK);
            Instant end = start.toInstant().plus(Duration.ofDays(4));
            List<Instant> walked = new ArrayList<>();
            for (ZonedDateTime t = start.plusMinutes(1); !t.toInstant().isAfter(end); t = t.plusMinutes(1)) {
                if (matches(expression, t)) {
                    walked.add(t.toInstant());
                }
            }
            List<Instant> found = new ArrayList<>();
            Instant next = schedule.next(start.toInstant(), NEW_YORK).orElse(Instant.MAX);
            while (!next.isAfter(end)) {
                found.add(next);
                next = schedule.next(next, NEW_YORK).orElse(Instant.MAX);
            }
            assertThat(found).as("%s from %s", expression, start).isEqualTo(walked);
            assertThat(schedule.latest(start.toInstant(), end, NEW_YORK))
                    .as("%s until %s", expression, end)
                    .isEqualTo(walked.isEmpty() ? Optional.empty() : Optional.of(walked.get(walked.size() - 1)));
        }
    }

    private static String randomFields(Random random) {
        String minute = random.nextInt(2) == 0
                ? "*/" + (1 + random.nextInt(40))
                : random.nextInt(60) + "," + random.nextInt(60);
        String hour = random.nextInt(2) == 0 ? "*" : "1-" + (1 + random.nextInt(22));
        String day = random.nextInt(2) == 0 ? "*" : Integer.toString(1 + random.nextInt(28));
        String weekday = random.nextInt(2) == 0 ? "*" : Integer.toString(random.nextInt(7));
        return minute + " " + hour + " " + day + " * " + weekday;
    }

    private static boolean matches(String expression, ZonedDateTime t) {
        String[] fields = expression.split(" ");
        boolean day = fits(fields[2], t.getDayOfMonth());
        boolean weekday = fits(fields[4], t.getDayOfWeek().getValue() % 7);
        boolean both = fields[2].equals("*") || fields[4].equals("*");
        return fits(fields[0], t.getMinute())
                && fits(fields[1], t.getHour())
                && (both ? day && weekday : day || weekday);
    }

    private static boolean fits(String field, int value) {
        if (field.equals("*")) {
            return true;
        }
        if (field.startsWith("*/")) {
            return value % Integer.parseInt(field.substring(2)) == 0;
        }
        if (field.contains("-")) {
            String[] ends = field.split("-");
            return value >= Integer.parseInt(ends[0]) && value <= Integer.parseInt(ends[1]);
        }
        return List.of(field.split(",")).contains(Integer.toString(value));
    }
}
