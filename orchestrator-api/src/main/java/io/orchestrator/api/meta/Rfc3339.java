package io.orchestrator.api.meta;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms of time on the wire. */
final class Rfc3339 {
    private static final Pattern FORM = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d):(\\d\\d)"
            + "(?:[.,](\\d{1,40}))?(?:Z|([+-])(\\d\\d):(\\d\\d))");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int SECONDS_LENGTH = "2006-01-02T15:04:05Z".length();
    private static final int MICROS_LENGTH = "2006-01-02T15:04:05.000000Z".length();
    private static final int LAST_YEAR = 9_999;

    private Rfc3339() {}

    static Instant parse(String text) {
        Matcher form = match(text);
        return instant(text, form);
    }

    static Instant parseMicros(String text) {
        Matcher form = match(text);
        String fraction = form.group(7);
        if (fraction == null || fraction.length() != 6) {
            throw new IllegalArgumentException("\"" + text + "\" has not exactly six digits after the second");
        }
        return instant(text, form);
    }

    static String seconds(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        // Each object carries several times, and what fits any pattern takes many times as long.
        return time.getYear() < 0 || time.getYear() > LAST_YEAR
                ? SECONDS.format(instant)
                : new String(digits(time, SECONDS_LENGTH));
    }

    static String micros(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
            return MICROS.format(instant);
        }
        char[] text = digits(time, MICROS_LENGTH);
        text[SECONDS_LENGTH - 1] = '.';
        number(text, SECONDS_LENGTH, 6, time.getNano() / 1_000);
        return new String(text);
    }

    /** Up to the seconds, and the Z at the end. */
    private static char[] digits(LocalDateTime time, int length) {
        char[] text = new char[length];
        number(text, 0, 4, time.getYear());
        text[4] = '-';
        number(text, 5, 2, time.getMonthValue());
        text[7] = '-';
        number(text, 8, 2, time.getDayOfMonth());
        text[10] = 'T';
        number(text, 11, 2, time.getHour());
        text[13] = ':';
        number(text, 14, 2, time.getMinute());
        text[16] = ':';
        number(text, 17, 2, time.getSecond());
        text[length - 1] = 'Z';
        return text;
    }

    private static void number(char[] text, int at, int digits, int value) {
        int rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static Matcher match(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a time such as 2006-01-02T15:04:05Z or 2006-01-02T15:04:05+01:00");
        }
        return form;
    }

    private static Instant instant(String text, Matcher form) {
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(form, 1),
                    number(form, 2),
                    number(form, 3),
                    number(form, 4),
                    number(form, 5),
                    number(form, 6),
                    nanos(form.group(7)));
            return local.toInstant(ZoneOffset.UTC).minusSeconds(offsetSeconds(form));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time: " + e.getMessage(), e);
        }
    }

    private static int offsetSeconds(Matcher form) {
        String sign = form.group(8);
        if (sign == null) {
            return 0;
        }
        int hours = number(form, 9);
        int minutes = number(form, 10);
        if (hours > 24 || minutes > 60) {
            throw new DateTimeException("offset out of range");
        }
        int seconds = hours * 3600 + minutes * 60;
        return sign.equals("-") ? -seconds : seconds;
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }

    private static int nanos(@Nullable String fraction) {
        if (fraction == null) {
            return 0;
        }
        return Integer.parseInt((fraction + "000000000").substring(0, 9));
    }
}
