package io.orchestrator.spi.store;

import java.util.Arrays;

/** A value that came from outside as bytes. */
final class BytesValue implements StoreValue {
    private final byte[] bytes;

    BytesValue(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BytesValue that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
