package io.orchestrator.core.codec.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes one protobuf message. Confined to one encoding. */
public final class WireOutput {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    public void varint(int field, long value) {
        tag(field, WireInput.VARINT);
        raw(value);
    }

    public void bool(int field, boolean value) {
        varint(field, value ? 1 : 0);
    }

    public void fixed64(int field, double value) {
        tag(field, WireInput.FIXED64);
        long bits = Double.doubleToLongBits(value);
        for (int i = 0; i < Long.BYTES; i++) {
            out.write((int) (bits >>> (8 * i)));
        }
    }

    public void string(int field, String value) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public void bytes(int field, byte[] value) {
        lengthOf(field, value.length);
        out.writeBytes(value);
    }

    /** The beginning of a field of so many bytes, which are written elsewhere. */
    void lengthOf(int field, long length) {
        tag(field, WireInput.LENGTH);
        raw(length);
    }

    public void message(int field, WireOutput message) {
        bytes(field, message.toByteArray());
    }

    private void tag(int field, int wireType) {
        raw(((long) field << 3) | wireType);
    }

    private void raw(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
