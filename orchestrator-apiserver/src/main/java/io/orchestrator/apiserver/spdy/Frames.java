package io.orchestrator.apiserver.spdy;

import java.nio.ByteBuffer;

/** How frames look on the wire. Pure. */
final class Frames {
    static final int HEAD_BYTES = 8;

    static final int SYN_STREAM = 1;
    static final int SYN_REPLY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int HEADERS = 8;
    static final int WINDOW_UPDATE = 9;

    /** The sender of this frame sends no more on its stream. */
    static final int FIN = 1;

    static final int STATUS_PROTOCOL_ERROR = 1;
    static final int STATUS_REFUSED_STREAM = 3;
    static final int STATUS_CANCEL = 5;

    /** Reasons of a GOAWAY. */
    static final int GOING_OK = 0;

    static final int GOING_PROTOCOL_ERROR = 1;

    private static final int CONTROL = 0x8000;
    private static final int VERSION = 3;
    private static final int FLAGS_SHIFT = 24;
    private static final int MAX_LENGTH = 0xff_ffff;

    private Frames() {}

    static byte[] data(int stream, int flags, byte[] bytes, int offset, int length) {
        return ByteBuffer.allocate(HEAD_BYTES + length)
                .putInt(stream)
                .putInt(flagsAndLength(flags, length))
                .put(bytes, offset, length)
                .array();
    }

    static byte[] synStream(int stream, int flags, byte[] headers) {
        // no associated stream, no priority, no slot
        return control(SYN_STREAM, flags, 2 * Integer.BYTES + Short.BYTES + headers.length)
                .putInt(stream)
                .putInt(0)
                .putShort((short) 0)
                .put(headers)
                .array();
    }

    static byte[] synReply(int stream, byte[] headers) {
        return control(SYN_REPLY, 0, Integer.BYTES + headers.length)
                .putInt(stream)
                .put(headers)
                .array();
    }

    static byte[] reset(int stream, int status) {
        return control(RST_STREAM, 0, 2 * Integer.BYTES)
                .putInt(stream)
                .putInt(status)
                .array();
    }

    static byte[] ping(int id) {
        return control(PING, 0, Integer.BYTES).putInt(id).array();
    }

    static byte[] goAway(int lastStream, int status) {
        return control(GOAWAY, 0, 2 * Integer.BYTES)
                .putInt(lastStream)
                .putInt(status)
                .array();
    }

    static byte[] windowUpdate(int stream, int delta) {
        return control(WINDOW_UPDATE, 0, 2 * Integer.BYTES)
                .putInt(stream)
                .putInt(delta)
                .array();
    }

    private static ByteBuffer control(int type, int flags, int length) {
        return ByteBuffer.allocate(HEAD_BYTES + length)
                .putInt((CONTROL | VERSION) << Short.SIZE | type)
                .putInt(flagsAndLength(flags, length));
    }

    private static int flagsAndLength(int flags, int length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("a frame of " + length + " bytes");
        }
        return flags << FLAGS_SHIFT | length;
    }
}
