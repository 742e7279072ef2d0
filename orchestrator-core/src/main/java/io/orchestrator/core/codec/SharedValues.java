package io.orchestrator.core.codec;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Time;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values that came lately, so that objects which say the same share it: of a thousand pods of one template nearly all texts
 * are the same. A table of fixed size, in which the newer pushes out the older. Thread-safe: what is shared is immutable, and
 * a race costs no more than a value that is not shared.
 */
final class SharedValues {
    private static final int TEXTS = 1 << 12;
    private static final int LONG_TEXTS = 1 << 7;
    private static final int PARSED = 1 << 8;
    private static final int SHORT = 64;
    private static final int LONG = 8 * 1024;

    private final @Nullable Text[] texts = new Text[TEXTS];
    private final @Nullable Text[] longTexts = new Text[LONG_TEXTS];
    private final @Nullable ParsedQuantity[] quantities = new ParsedQuantity[PARSED];
    private final @Nullable ParsedTime[] times = new ParsedTime[PARSED];

    private record Text(byte[] bytes, String text) {
        boolean is(byte[] json, int from, int to) {
            return Arrays.equals(bytes, 0, bytes.length, json, from, to);
        }
    }

    private record ParsedQuantity(String text, Quantity quantity) {}

    private record ParsedTime(String text, Time time) {}

    /** The text of these bytes, which are ASCII. */
    String text(byte[] json, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return "";
        }
        return length > SHORT ? fresh(json, from, to) : shared(texts, json, from, to);
    }

    /** The same of a text that may be long, and is still likely to come again. */
    String longText(byte[] json, int from, int to) {
        return to - from > LONG ? fresh(json, from, to) : shared(longTexts, json, from, to);
    }

    private static String shared(@Nullable Text[] table, byte[] json, int from, int to) {
        int place = Words.hash(json, from, to) & (table.length - 1);
        Text known = table[place];
        if (known != null && known.is(json, from, to)) {
            return known.text();
        }
        String text = fresh(json, from, to);
        table[place] = new Text(Arrays.copyOfRange(json, from, to), text);
        return text;
    }

    private static String fresh(byte[] json, int from, int to) {
        return new String(json, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** @throws IllegalArgumentException if the text is not a quantity */
    Quantity quantity(String text) {
        int place = text.hashCode() & (PARSED - 1);
        ParsedQuantity known = quantities[place];
        if (known != null && known.text().equals(text)) {
            return known.quantity();
        }
        Quantity quantity = Quantity.parse(text);
        quantities[place] = new ParsedQuantity(text, quantity);
        return quantity;
    }

    /** @throws IllegalArgumentException if the text is not a time */
    Time time(String text) {
        int place = text.hashCode() & (PARSED - 1);
        ParsedTime known = times[place];
        if (known != null && known.text().equals(text)) {
            return known.time();
        }
        Time time = Time.parse(text);
        times[place] = new ParsedTime(text, time);
        return time;
    }
}
