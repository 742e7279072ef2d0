package io.orchestrator.core.schedule.persistent;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** An immutable row of a fixed length. A copy with one element changed makes one piece anew and shares the others. */
public final class PersistentVector<T> {
    private static final int BITS = 5;
    private static final int PIECE = 1 << BITS;

    private final Object[][] pieces;
    private final int size;

    private PersistentVector(Object[][] pieces, int size) {
        this.pieces = pieces;
        this.size = size;
    }

    public static <T> PersistentVector<T> of(List<? extends T> elements) {
        Object[] all = elements.toArray();
        Object[][] pieces = new Object[(all.length + PIECE - 1) >> BITS][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = Arrays.copyOfRange(all, i << BITS, Math.min((i + 1) << BITS, all.length));
        }
        return new PersistentVector<>(pieces, all.length);
    }

    public int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only T is put in
    public T get(int index) {
        return (T) pieces[index >> BITS][index & (PIECE - 1)];
    }

    public PersistentVector<T> with(int index, T element) {
        Object[] piece = pieces[index >> BITS].clone();
        piece[index & (PIECE - 1)] = element;
        Object[][] changed = pieces.clone();
        changed[index >> BITS] = piece;
        return new PersistentVector<>(changed, size);
    }

    /** A read-only list over it: no copy. */
    public List<T> asList() {
        return new Listed();
    }

    private final class Listed extends AbstractList<T> implements RandomAccess {
        @Override
        public T get(int index) {
            return PersistentVector.this.get(index);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
