package io.orchestrator.core.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A watch event as a line of JSON, put together around the bytes of its object. */
public final class WatchBody {
    private static final byte[] BEFORE_TYPE = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEFORE_OBJECT = "\",\"object\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "}\n".getBytes(StandardCharsets.US_ASCII);

    private WatchBody() {}

    /**
     * One event with its line end.
     *
     * @param type such as {@code ADDED}; plain letters
     */
    public static byte[] line(String type, byte[] object) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[BEFORE_TYPE.length + name.length + BEFORE_OBJECT.length + object.length + END.length];
        int at = copy(BEFORE_TYPE, line, 0);
        at = copy(name, line, at);
        at = copy(BEFORE_OBJECT, line, at);
        at = copy(object, line, at);
        copy(END, line, at);
        return line;
    }

    private static int copy(byte[] part, byte[] line, int at) {
        System.arraycopy(part, 0, line, at, part.length);
        return at + part.length;
    }

    /**
     * Writes one event with its line end.
     *
     * @param type such as {@code ADDED}; plain letters
     */
    public static void write(String type, byte[] object, OutputStream to) throws IOException {
        to.write(BEFORE_TYPE);
        to.write(type.getBytes(StandardCharsets.US_ASCII));
        to.write(BEFORE_OBJECT);
        to.write(object);
        to.write(END);
    }
}
