package io.orchestrator.core.codec;

import io.orchestrator.core.recall.MadeOf;
import io.orchestrator.core.schema.FieldSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as UTF-8 into an array that grows, without white space. What is known from other objects is put in its place as it
 * is: between the bytes, where pieces are wanted in the end, or else as a copy. Confined to one encoding.
 */
final class JsonBytes implements JsonOut {
    private static final int SHORT = 64;
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] HEX = ascii("0123456789ABCDEF");
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    /** What is shorter is copied sooner than put in between. */
    private static final int WORTH_SPLICING = 256;

    private static final int LARGE_PART = 16 * 1024;

    private final EncodedTexts texts;
    private final MadeOf<Object, byte[]> parts;
    /** Whole ones, and those of our own that were ended by them; null where one array is wanted. */
    private final @Nullable List<byte[]> pieces;

    private byte[] bytes;
    private int count;
    /** Where in the array the piece begins that is being written. */
    private int begun;
    /** Whether a piece was put in between since the last comma, behind which the next value needs one. */
    private boolean spliced;

    /** For one array in the end. @param room that nobody else uses any more; it grows where it must */
    JsonBytes(byte[] room, EncodedTexts texts, MadeOf<Object, byte[]> parts) {
        this(room, texts, parts, null);
    }

    private JsonBytes(byte[] room, EncodedTexts texts, MadeOf<Object, byte[]> parts, @Nullable List<byte[]> pieces) {
        this.bytes = room;
        this.texts = texts;
        this.parts = parts;
        this.pieces = pieces;
    }

    /** For pieces in the end. */
    static JsonBytes inPieces(byte[] room, EncodedTexts texts, MadeOf<Object, byte[]> parts) {
        return new JsonBytes(room, texts, parts, new ArrayList<>());
    }

    /** The array that was written into last, for another encoding once this one has ended. */
    byte[] array() {
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A copy of all. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, count);
    }

    /** Copies of what was written here, and between them what was known. */
    SplicedJson toPieces() {
        List<byte[]> all = Objects.requireNonNull(pieces);
        endPiece(all);
        return SplicedJson.of(all);
    }

    private void endPiece(List<byte[]> all) {
        if (count > begun) {
            all.add(Arrays.copyOfRange(bytes, begun, count));
            begun = count;
        }
    }

    /** Puts bytes that others share where they belong, without a comma before them. */
    private void splice(byte[] known) {
        if (pieces == null || known.length < WORTH_SPLICING) {
            append(known);
        } else {
            endPiece(pieces);
            pieces.add(known);
            spliced = true;
        }
    }

    @Override
    public void part(Object value, Runnable write) {
        byte[] known = parts.find(value);
        if (known != null) {
            splice(known);
            return;
        }
        int from = count;
        int before = pieces == null ? 0 : pieces.size();
        write.run();
        // What is not kept in pieces has nobody who would hold the part.
        if (pieces != null && pieces.size() == before) {
            learn(value, from);
        }
    }

    /** Those to come share what was written last. */
    private void learn(Object value, int from) {
        int length = count - from;
        if (length >= WORTH_SPLICING && length <= LARGE_PART && parts.isSeenAgain(value)) {
            byte[] part = Arrays.copyOfRange(bytes, from, count);
            parts.put(value, part);
            count = from;
            splice(part);
        }
    }

    @Override
    public void startObject() {
        before();
        bytes[count++] = '{';
    }

    @Override
    public void endObject() {
        room(1);
        bytes[count++] = '}';
    }

    @Override
    public void startArray() {
        before();
        bytes[count++] = '[';
    }

    @Override
    public void endArray() {
        room(1);
        bytes[count++] = ']';
    }

    @Override
    public void name(FieldSchema field) {
        before();
        append(field.encodedName());
    }

    @Override
    public void name(String name) {
        string(name);
        bytes[count++] = ':';
    }

    @Override
    public void string(String value) {
        if (value.length() > SHORT || !plain(value)) {
            any(value);
        }
    }

    /** Writes it as it is, where that will do; else nothing of it. Makes no array of its own, which counts for many short ones. */
    private boolean plain(String value) {
        int length = value.length();
        room(length + 4);
        int from = count;
        comma();
        int at = count;
        bytes[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
                count = from;
                return false;
            }
            bytes[at + i] = (byte) c;
        }
        bytes[at + length] = '"';
        count = at + length + 1;
        return true;
    }

    private void any(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        room(text.length + 4);
        comma();
        bytes[count++] = '"';
        if (text.length != value.length()) {
            wide(value, text);
        } else {
            quoted(text);
        }
        bytes[count++] = '"';
    }

    /** Leaves room for what ends the string. */
    private void quoted(byte[] text) {
        if (isPlain(text)) {
            System.arraycopy(text, 0, bytes, count, text.length);
            count += text.length;
        } else {
            escaped(text);
        }
    }

    private static boolean isPlain(byte[] text) {
        int i = 0;
        for (; i + Words.BYTES <= text.length; i += Words.BYTES) {
            if (Words.escapes(Words.at(text, i)) != 0) {
                return false;
            }
        }
        for (; i < text.length; i++) {
            if (isEscaped(text[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEscaped(byte c) {
        return c >= 0 && c < ' ' || c == '"' || c == '\\';
    }

    private void escaped(byte[] text) {
        room(text.length * 6 + 2);
        for (byte c : text) {
            if (!isEscaped(c)) {
                bytes[count++] = c;
                continue;
            }
            bytes[count++] = '\\';
            switch (c) {
                case '\n' -> bytes[count++] = 'n';
                case '\r' -> bytes[count++] = 'r';
                case '\t' -> bytes[count++] = 't';
                case '\b' -> bytes[count++] = 'b';
                case '\f' -> bytes[count++] = 'f';
                case '"', '\\' -> bytes[count++] = c;
                default -> {
                    bytes[count++] = 'u';
                    bytes[count++] = '0';
                    bytes[count++] = '0';
                    bytes[count++] = HEX[c >> 4];
                    bytes[count++] = HEX[c & 15];
                }
            }
        }
    }

    /** Not all ASCII. Half a surrogate pair, which UTF-8 cannot say, becomes what Go makes of it. */
    private void wide(String value, byte[] text) {
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
                continue;
            }
            escaped(value.substring(from, i).getBytes(StandardCharsets.UTF_8));
            append(REPLACEMENT);
            from = i + 1;
        }
        escaped(from == 0 ? text : value.substring(from).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void number(long value) {
        before();
        if (value == (int) value && value >= 0) {
            digits((int) value);
        } else {
            append(ascii(Long.toString(value)));
        }
    }

    private void digits(int value) {
        room(10);
        int length = 1;
        for (long power = 10; power <= value; power *= 10) {
            length++;
        }
        int rest = value;
        for (int i = count + length - 1; i >= count; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        count += length;
    }

    @Override
    public void number(BigDecimal value) {
        before();
        append(ascii(value.toString()));
    }

    @Override
    public void truth(boolean value) {
        before();
        append(value ? TRUE : FALSE);
    }

    @Override
    public void nothing() {
        before();
        append(NULL);
    }

    @Override
    public void raw(String json) {
        before();
        splice(texts.bytes(json));
    }

    /** Whatever begins an object, an array or a field's value follows without a comma. */
    private void before() {
        room(2);
        comma();
    }

    private void comma() {
        if (spliced) {
            spliced = false;
            bytes[count++] = ',';
        } else if (count > 0) {
            byte last = bytes[count - 1];
            if (last != '{' && last != '[' && last != ':') {
                bytes[count++] = ',';
            }
        }
    }

    /** As it is, without a comma before it. */
    void append(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, count, more.length);
        count += more.length;
    }

    private void room(int more) {
        if (count + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, count + more));
        }
    }
}
