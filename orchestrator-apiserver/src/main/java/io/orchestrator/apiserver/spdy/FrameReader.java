package io.orchestrator.apiserver.spdy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts what is received into frames. Data is handed on as it comes, so that a frame may be larger than anything that is kept;
 * control frames are kept until they are whole, and are small. Confined to its reader.
 */
final class FrameReader {
    private static final int MAX_CONTROL_BYTES = 16 * 1024;
    private static final int VERSION = 3;
    private static final int LENGTH = 0xff_ffff;
    private static final int FLAGS_SHIFT = 24;

    /** Gets what was read. */
    interface Sink {
        /** A piece of data; empty only where it is the last. @param last whether the sender sends no more */
        void data(int stream, byte[] bytes, boolean last) throws IOException;

        void control(int type, int flags, ByteBuffer payload) throws IOException;
    }

    private final Sink sink;
    private final ByteBuffer head = ByteBuffer.allocate(Frames.HEAD_BYTES);
    private ByteBuffer payload = ByteBuffer.allocate(0);
    private boolean inFrame;
    private boolean control;
    private int stream;
    private int type;
    private int flags;
    private int left;

    FrameReader(Sink sink) {
        this.sink = sink;
    }

    /** Takes the next bytes of the connection, wherever they were cut. */
    void read(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining() || inFrame && left == 0) {
            if (!inFrame) {
                readHead(in);
            } else if (control) {
                readControl(in);
            } else {
                readData(in);
            }
        }
    }

    private void readHead(ByteBuffer in) throws IOException {
        while (head.hasRemaining() && in.hasRemaining()) {
            head.put(in.get());
        }
        if (head.hasRemaining()) {
            return;
        }
        head.flip();
        int first = head.getInt();
        int second = head.getInt();
        head.clear();
        control = first < 0;
        flags = second >>> FLAGS_SHIFT;
        left = second & LENGTH;
        inFrame = true;
        if (control) {
            int version = first >>> Short.SIZE & Short.MAX_VALUE;
            type = first & 0xffff;
            if (version != VERSION) {
                throw new ProtocolViolation("version " + version + " is spoken, not " + VERSION);
            }
            if (left > MAX_CONTROL_BYTES) {
                throw new ProtocolViolation("a control frame of " + left + " bytes");
            }
            payload = ByteBuffer.allocate(left);
        } else {
            stream = first;
        }
    }

    private void readControl(ByteBuffer in) throws IOException {
        int length = Math.min(left, in.remaining());
        payload.put(payload.position(), in, in.position(), length);
        payload.position(payload.position() + length);
        in.position(in.position() + length);
        left -= length;
        if (left == 0) {
            inFrame = false;
            payload.flip();
            sink.control(type, flags, payload);
        }
    }

    private void readData(ByteBuffer in) throws IOException {
        int length = Math.min(left, in.remaining());
        byte[] piece = Arrays.copyOfRange(in.array(), in.position(), in.position() + length);
        in.position(in.position() + length);
        left -= length;
        inFrame = left > 0;
        boolean last = left == 0 && (flags & Frames.FIN) != 0;
        if (length > 0 || last) {
            sink.data(stream, piece, last);
        }
    }
}
