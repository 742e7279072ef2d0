package io.orchestrator.api.meta;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Immutable bytes with equality by content; base64 on the wire. They may be secret, so {@link #toString()} tells only how many there are. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    public static Bytes of(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    public static Bytes utf8(String text) {
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Standard alphabet, with padding; line breaks are skipped.
     *
     * @throws IllegalArgumentException if the text is not base64
     */
    public static Bytes base64(String text) {
        String joined = text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? text
                : text.replace("\n", "").replace("\r", "");
        if (joined.length() % 4 != 0) {
            throw new IllegalArgumentException("illegal base64 data: the length is no multiple of 4");
        }
        byte[] content = Base64.getDecoder().decode(joined);
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    public byte[] toByteArray() {
        return content.clone();
    }

    public String asUtf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    public String toBase64() {
        return Base64.getEncoder().encodeToString(content);
    }

    public int size() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "Bytes[" + content.length + "]";
    }
}
