package io.orchestrator.core.registry.address;

import java.util.BitSet;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Numbers from 0 up, each held by at most one. Those below a bound go to whoever asks for them by number and to nobody by
 * chance. Not thread-safe: the allocator guards it.
 */
final class AddressRange {
    private final int size;
    private final int firstByChance;
    private BitSet held = new BitSet();

    AddressRange(int size, int firstByChance) {
        this.size = size;
        this.firstByChance = firstByChance;
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
        int free = held.nextClearBit(from);
        if (free >= size) {
            free = held.nextClearBit(firstByChance);
        }
        if (free >= size) {
            return OptionalInt.empty();
        }
        held.set(free);
        return OptionalInt.of(free);
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
