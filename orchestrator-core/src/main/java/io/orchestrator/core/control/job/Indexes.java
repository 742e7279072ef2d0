package io.orchestrator.core.control.job;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A set of completion indexes, written as {@code 0-2,5}. Immutable. */
final class Indexes {
    static final Indexes NONE = new Indexes(new BitSet());

    private final BitSet bits;

    private Indexes(BitSet bits) {
        this.bits = bits;
    }

    /** Reads the written form; what lies at or beyond the limit, and what is no index, is left out. */
    static Indexes parse(@Nullable String text, int limit) {
        if (text == null || text.isEmpty()) {
            return NONE;
        }
        BitSet bits = new BitSet();
        for (String interval : text.split(",", -1)) {
            int dash = interval.indexOf('-');
            int first = number(dash < 0 ? interval : interval.substring(0, dash));
            int last = dash < 0 ? first : number(interval.substring(dash + 1));
            if (first >= 0 && first < limit && last >= first) {
                bits.set(first, Math.min(last + 1, limit));
            }
        }
        return new Indexes(bits);
    }

    static Indexes of(IntStream indexes) {
        BitSet bits = new BitSet();
        indexes.forEach(bits::set);
        return new Indexes(bits);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1; // somebody wrote the status by hand: as if the interval were not there
        }
    }

    boolean contains(int index) {
        return index >= 0 && bits.get(index);
    }

    int size() {
        return bits.cardinality();
    }

    Indexes with(Indexes others) {
        BitSet union = (BitSet) bits.clone();
        union.or(others.bits);
        return new Indexes(union);
    }

    Indexes without(Indexes others) {
        BitSet rest = (BitSet) bits.clone();
        rest.andNot(others.bits);
        return new Indexes(rest);
    }

    /** How many are in both. */
    int common(Indexes others) {
        BitSet both = (BitSet) bits.clone();
        both.and(others.bits);
        return both.cardinality();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Indexes indexes && bits.equals(indexes.bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int first = bits.nextSetBit(0); first >= 0; ) {
            int last = bits.nextClearBit(first) - 1;
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (last > first) {
                text.append('-').append(last);
            }
            first = bits.nextSetBit(last + 1);
        }
        return text.toString();
    }
}
