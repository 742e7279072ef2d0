package io.orchestrator.core.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over JSON of the usual form. Whatever is not, malformed or merely rare, ends the walk with {@link Unusual}: then
 * somebody more thorough has to read it, and to say what is wrong. Confined to one decoding.
 */
final class PlainJson {
    /** More of them might not fit into a long. */
    private static final int DIGITS = 18;

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private final SharedValues shared;
    private final int maxChars;
    private int at;

    PlainJson(byte[] json, SharedValues shared, int maxChars) {
        this.json = json;
        this.shared = shared;
        this.maxChars = maxChars;
    }

    /** This has to be read in another way. */
    static final class Unusual extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unusual() {
            super("not plain", null, false, false);
        }
    }

    /** Where the next thing begins that is no white space, if there is any. */
    int position() {
        peek();
        return at;
    }

    /** Where what was read last has ended. */
    int end() {
        return at;
    }

    /** Passes so many bytes, which somebody has read before. */
    void skip(int bytes) {
        at += bytes;
    }

    /** The first byte of what comes next. */
    byte peek() {
        while (at < json.length) {
            byte c = json[at];
            if (c > ' ' || c < 0) {
                return c;
            }
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                throw new Unusual();
            }
            at++;
        }
        throw new Unusual();
    }

    boolean accept(char c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char c) {
        if (!accept(c)) {
            throw new Unusual();
        }
    }

    /** Nothing but white space may follow. */
    void expectEnd() {
        for (; at < json.length; at++) {
            byte c = json[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                throw new Unusual();
            }
        }
    }

    /** Passes this name with its quotes and its colon, if it comes next. */
    boolean acceptName(byte[] encoded) {
        peek();
        int end = at + encoded.length;
        if (end > json.length || !Arrays.equals(json, at, end, encoded, 0, encoded.length)) {
            return false;
        }
        at = end;
        return true;
    }

    String name() {
        String name = string();
        expect(':');
        return name;
    }

    boolean acceptNull() {
        if (peek() != 'n') {
            return false;
        }
        pass(NULL);
        return true;
    }

    boolean truth() {
        boolean value = peek() == 't';
        pass(value ? TRUE : FALSE);
        return value;
    }

    private void pass(byte[] literal) {
        int end = at + literal.length;
        if (end > json.length || !Arrays.equals(json, at, end, literal, 0, literal.length)) {
            throw new Unusual();
        }
        at = end;
    }

    long integer() {
        boolean negative = accept('-');
        int from = at;
        long value = 0;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            value = value * 10 + json[at++] - '0';
            if (at - from > DIGITS) {
                throw new Unusual();
            }
        }
        boolean zeroAhead = at > from && json[from] == '0' && (negative || at - from > 1);
        if (at == from || zeroAhead || at < json.length && !endsNumber(json[at])) {
            throw new Unusual();
        }
        return negative ? -value : value;
    }

    private static boolean endsNumber(byte c) {
        return c == ',' || c == '}' || c == ']' || c >= 0 && c <= ' ';
    }

    String string() {
        expect('"');
        int from = at;
        int end = plainEnd(from);
        if (json[end] == '"') {
            limit(from, end);
            at = end + 1;
            return shared.text(json, from, end);
        }
        return unescaped(from, end);
    }

    /** The first place that is no plain ASCII: the closing quote of most strings. */
    private int plainEnd(int from) {
        int i = from;
        for (; i + Words.BYTES <= json.length; i += Words.BYTES) {
            long ends = Words.ends(Words.at(json, i));
            if (ends != 0) {
                return i + Words.first(ends);
            }
        }
        for (; i < json.length; i++) {
            byte c = json[i];
            if (c < ' ' || c == '"' || c == '\\') {
                return i;
            }
        }
        throw new Unusual();
    }

    private void limit(int from, int end) {
        if (end - from > maxChars) {
            throw new Unusual();
        }
    }

    private String unescaped(int from, int first) {
        int end = closing(first);
        limit(from, end);
        byte[] text = Arrays.copyOfRange(json, from, end);
        int length = 0;
        for (int i = from; i < end; i++) {
            byte c = json[i];
            text[length++] = c == '\\' ? escaped(json[++i]) : c;
        }
        at = end + 1;
        return utf8(text, 0, length);
    }

    /** The place of the quote that ends the string. */
    private int closing(int from) {
        for (int i = from; i < json.length; i++) {
            byte c = json[i];
            if (c == '"') {
                return i;
            }
            if (c >= 0 && c < ' ') {
                throw new Unusual();
            }
            if (c == '\\') {
                i++;
            }
        }
        throw new Unusual();
    }

    private static byte escaped(byte c) {
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> throw new Unusual();
        };
    }

    private static String utf8(byte[] bytes, int from, int length) {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            throw new Unusual();
        }
        return text;
    }

    /** Any value, as it stands there. @param levels how deep it may be nested */
    String raw(int levels) {
        peek();
        int from = at;
        boolean ascii = skipValue(levels);
        return ascii ? shared.longText(json, from, at) : utf8(json, from, at - from);
    }

    /** Passes a value without white space, which is read and written alike. Returns whether it is all ASCII. */
    private boolean skipValue(int levels) {
        return switch (at < json.length ? json[at] : ' ') {
            case '{', '[' -> skipNested(levels - 1);
            case '"' -> skipString();
            case 't', 'f' -> {
                truth();
                yield true;
            }
            case 'n' -> {
                pass(NULL);
                yield true;
            }
            default -> {
                integer();
                yield true;
            }
        };
    }

    private boolean skipNested(int levels) {
        if (levels < 0) {
            throw new Unusual();
        }
        boolean object = json[at++] == '{';
        char end = object ? '}' : ']';
        boolean ascii = true;
        if (is(end)) {
            return true;
        }
        do {
            if (object) {
                ascii &= skipString();
                if (!is(':')) {
                    throw new Unusual();
                }
            }
            ascii &= skipValue(levels);
        } while (is(','));
        if (!is(end)) {
            throw new Unusual();
        }
        return ascii;
    }

    private boolean is(char c) {
        if (at < json.length && json[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean skipString() {
        if (!is('"')) {
            throw new Unusual();
        }
        int from = at;
        boolean ascii = true;
        while (true) {
            int end = plainEnd(at);
            byte c = json[end];
            at = end + 1;
            if (c == '"') {
                limit(from, end);
                return ascii;
            }
            if (c < 0) {
                ascii = false;
            } else if (c != '\\' || !(is('"') || is('\\'))) {
                throw new Unusual();
            }
        }
    }
}
