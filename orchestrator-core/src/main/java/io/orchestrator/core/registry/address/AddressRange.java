package io.orchestrator.core.registry.address;

import java.util.BitSet;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Numbers from 0 up, each held by at most one. Those below a bound, and those that are not fit, go to whoever asks for them by
 * number and to nobody by chance. Not thread-safe: the allocator guards it.
 */
final class AddressRange {
    private final int size;
    private final int firstByChance;
    private final IntPredicate fit;
    private BitSet held = new BitSet();

    AddressRange(int size, int firstByChance) {
        this(size, firstByChance, number -> true);
    }

    /** @param fit to be given by chance */
    AddressRange(int size, int firstByChance, IntPredicate fit) {
        this.size = size;
        this.firstByChance = firstByChance;
        this.fit = fit;
    }

    /** Holds this number. Returns false when it is held already. */
    boolean take(int number) {
        if (held.get(number)) {
            return false;
        }
        held.set(number);
        return true;
    }

    /** Holds a number by chance; empty when all are held. */
    OptionalInt takeAny(RandomGenerator random) {
        int from = random.nextInt(firstByChance, size);
        int free = nextFree(from);
        if (free >= size) {
            free = nextFree(firstByChance);
        }
        if (free >= size) {
            return OptionalInt.empty();
        }
        held.set(free);
        return OptionalInt.of(free);
    }

    private int nextFree(int from) {
        int free = held.nextClearBit(from);
        while (free < size && !fit.test(free)) {
            free = held.nextClearBit(free + 1);
        }
        return free;
    }

    void free(int number) {
        held.clear(number);
    }

    void clear() {
        held = new BitSet();
    }

    boolean has(int number) {
        return number >= 0 && number < size;
    }
}
