package io.orchestrator.core.network.nftables;

import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * Zones of the kernel's table of connections that were not used lately, one after the other. It begins somewhere, so that a process that
 * comes back meets nothing that its predecessor had the kernel remember. Not thread-safe.
 */
final class Zones implements IntSupplier {
    /** Those below are left to whoever numbers them by hand. */
    private static final int FIRST = 4096;

    private static final int END = 65_536;

    private int next;

    Zones(RandomGenerator random) {
        this.next = random.nextInt(FIRST, END);
    }

    @Override
    public int getAsInt() {
        int zone = next++;
        if (next == END) {
            next = FIRST;
        }
        return zone;
    }
}
