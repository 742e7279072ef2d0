package io.orchestrator.core.recall;

/**
 * Tells what comes for a second time, since only that is worth keeping: most that is unlike all before never comes again. Knows
 * hashes alone, in a table of fixed size. Thread-safe: a race costs no more than being told of a later coming.
 */
public final class Sightings {
    private final int[] seen;

    /** @param hashes how many are remembered at most, a power of two */
    public Sightings(int hashes) {
        if (Integer.bitCount(hashes) != 1) {
            throw new IllegalArgumentException("no power of two: " + hashes);
        }
        this.seen = new int[hashes];
    }

    /** Whether the hash was seen before, as far as is known; from now on it was. */
    public boolean again(int hash) {
        int place = (hash ^ hash >>> 16) & seen.length - 1;
        if (seen[place] == hash) {
            return true;
        }
        seen[place] = hash;
        return false;
    }
}
