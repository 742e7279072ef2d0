package io.orchestrator.core.schedule.persistent;

import org.jspecify.annotations.Nullable;

/** An immutable row of numbers, one for each place, most of them zero. A copy with one number changed shares the rest. */
public final class Counts {
    private static final int BITS = 6;
    private static final int PIECE = 1 << BITS;

    /** Told of a place and its number. */
    public interface Visitor {
        void see(int place, int count);
    }

    private final int[] @Nullable [] pieces;
    private final int size;
    private final long sum;

    private Counts(int[] @Nullable [] pieces, int size, long sum) {
        this.pieces = pieces;
        this.size = size;
        this.sum = sum;
    }

    public static Counts none(int size) {
        return new Counts(new int[(size + PIECE - 1) >> BITS][], size, 0);
    }

    /** How many places there are. */
    public int size() {
        return size;
    }

    public long sum() {
        return sum;
    }

    public int get(int place) {
        int[] piece = pieces[place >> BITS];
        return piece == null ? 0 : piece[place & (PIECE - 1)];
    }

    public Counts plus(int place, int difference) {
        int[] old = pieces[place >> BITS];
        int[] piece = old == null ? new int[PIECE] : old.clone();
        piece[place & (PIECE - 1)] += difference;
        int[] @Nullable [] changed = pieces.clone();
        changed[place >> BITS] = piece;
        return new Counts(changed, size, sum + difference);
    }

    /** Calls for every place whose number is not zero, in order. */
    public void forEach(Visitor visitor) {
        for (int i = 0; i < pieces.length; i++) {
            int[] piece = pieces[i];
            if (piece == null) {
                continue;
            }
            for (int j = 0; j < PIECE; j++) {
                if (piece[j] != 0) {
                    visitor.see((i << BITS) + j, piece[j]);
                }
            }
        }
    }

    /** Calls for every place whose number differs, with how much more it is here; what both share is not looked at. */
    public void forEachDifference(Counts other, Visitor visitor) {
        for (int i = 0; i < pieces.length; i++) {
            int[] mine = pieces[i];
            int[] others = other.pieces[i];
            if (mine == others) {
                continue;
            }
            for (int j = 0; j < PIECE; j++) {
                int difference = (mine == null ? 0 : mine[j]) - (others == null ? 0 : others[j]);
                if (difference != 0) {
                    visitor.see((i << BITS) + j, difference);
                }
            }
        }
    }

    /**
     * The numbers at other places.
     *
     * @param to where each place's number goes, below zero for nowhere
     */
    public Counts moved(int[] to, int newSize) {
        int[] @Nullable [] moved = new int[(newSize + PIECE - 1) >> BITS][];
        long[] kept = new long[1];
        forEach((place, count) -> {
            int target = to[place];
            if (target >= 0) {
                int[] piece = moved[target >> BITS];
                if (piece == null) {
                    piece = new int[PIECE];
                    moved[target >> BITS] = piece;
                }
                piece[target & (PIECE - 1)] = count;
                kept[0] += count;
            }
        });
        return new Counts(moved, newSize, kept[0]);
    }
}
