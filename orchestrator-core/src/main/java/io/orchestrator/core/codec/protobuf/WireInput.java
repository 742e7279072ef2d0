package io.orchestrator.core.codec.protobuf;

import io.orchestrator.core.codec.DecodeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The protobuf wire format of one message, read in place. Never reads beyond its end. Confined to one decoding. */
final class WireInput {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    private static final int MAX_VARINT_BYTES = 10;

    private final byte[] data;
    private final int end;
    private int at;

    WireInput(byte[] data, int from, int end) {
        this.data = data;
        this.at = from;
        this.end = end;
    }

    boolean hasMore() {
        return at < end;
    }

    boolean isEmpty() {
        return at == end;
    }

    /** Field number times eight plus wire type. */
    int tag() {
        long tag = varint();
        if (tag >>> 3 == 0 || tag > Integer.MAX_VALUE || tag < 0) {
            throw new DecodeException("proto: illegal tag " + (tag >>> 3));
        }
        return (int) tag;
    }

    long varint() {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            byte next = next();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new DecodeException("proto: integer overflow");
    }

    double fixed64AsDouble() {
        return Double.longBitsToDouble(fixed(Long.BYTES));
    }

    /** The next length-delimited value as a message. */
    WireInput message() {
        int length = length();
        WireInput inner = new WireInput(data, at, at + length);
        at += length;
        return inner;
    }

    byte[] bytes() {
        int length = length();
        byte[] bytes = Arrays.copyOfRange(data, at, at + length);
        at += length;
        return bytes;
    }

    String string() {
        int length = length();
        String text = new String(data, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    void skip(int wireType) {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> fixed(Long.BYTES);
            case LENGTH -> {
                // Not "at += length()": that would add to where it stood before the length was read.
                int length = length();
                at += length;
            }
            case FIXED32 -> fixed(Integer.BYTES);
            default -> throw new DecodeException("proto: illegal wireType " + wireType);
        }
    }

    private long fixed(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) (next() & 0xff) << (8 * i);
        }
        return value;
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw new DecodeException("proto: unexpected EOF");
        }
        return (int) length;
    }

    private byte next() {
        if (at >= end) {
            throw new DecodeException("proto: unexpected EOF");
        }
        return data[at++];
    }
}
