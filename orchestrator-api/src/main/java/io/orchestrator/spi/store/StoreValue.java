package io.orchestrator.spi.store;

/**
 * A value that gives its bytes on demand. A store that keeps everything in this process hands the same instance to every
 * reader and never asks for bytes; a store that writes to disk or to another process asks once per write.
 */
public interface StoreValue {

    /** The bytes of the value. The caller must not change the array. Safe for concurrent use; may compute on first call. */
    byte[] bytes();

    /** A value that is nothing but its bytes. The array is not copied: the caller gives it away. */
    static StoreValue of(byte[] bytes) {
        return new BytesValue(bytes);
    }
}
