package io.orchestrator.core.cel;

import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Forms that a text may have, as schemas and expressions both know them. Pure functions. */
public final class TextForms {
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})");
    private static final Pattern MOMENT =
            Pattern.compile("[0-9-]{10}[tT][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?(?:[zZ]|[+-][0-9]{2}:[0-9]{2})");
    private static final int DATE_CHARS = 10;

    private TextForms() {}

    public static boolean isUuid(String text) {
        return UUID.matches(text);
    }

    /** Whether there is anything in base64: Kubernetes takes no empty text for that. */
    public static boolean isBase64(String text) {
        return BASE64.matches(text);
    }

    /** Whether it is an absolute location or an absolute path. */
    public static boolean isUri(String text) {
        return Url.reasonsAgainst(text).isEmpty();
    }

    public static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return text.length() == DATE_CHARS;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Whether it is a date and a time of day, seconds included, and says how far from Greenwich. */
    public static boolean isDateTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return MOMENT.matches(text);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
