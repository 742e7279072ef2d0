package io.orchestrator.core.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes of text at a time. Pure functions. */
final class Words {
    static final int BYTES = 8;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private Words() {}

    static long at(byte[] bytes, int position) {
        return (long) LONGS.get(bytes, position);
    }

    /** Of these bytes and their number. */
    static int hash(byte[] bytes, int from, int to) {
        long hash = to - from;
        int i = from;
        for (; i + BYTES <= to; i += BYTES) {
            hash = (hash ^ at(bytes, i)) * MIX;
            hash ^= hash >>> 32;
        }
        for (; i < to; i++) {
            hash = (hash ^ bytes[i]) * MIX;
        }
        return (int) (hash >>> 40);
    }

    /**
     * Marks bytes that JSON cannot hold as they are: quotes, backslashes, control characters. The lowest mark is right; those
     * above it may be wrong.
     */
    static long escapes(long word) {
        return less(word) | zero(word ^ QUOTES) | zero(word ^ BACKSLASHES);
    }

    /** As {@link #escapes}, and whatever is no ASCII. */
    static long ends(long word) {
        return escapes(word) | (word & HIGHS);
    }

    /** The place of the lowest mark. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    private static long less(long word) {
        return (word - SPACES) & ~word & HIGHS;
    }

    private static long zero(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
