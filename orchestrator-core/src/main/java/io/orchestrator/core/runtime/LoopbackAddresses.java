package io.orchestrator.core.runtime;

import java.util.BitSet;

/**
 * Addresses out of {@code 127.64.0.0/10}, of which Linux answers every one without further ado. Those next to be given are
 * spread by a seed, so that two clusters on one machine seldom meet, and an address rests before it is given again.
 */
public final class LoopbackAddresses implements PodAddresses {
    private static final int BASE = 127 << 24 | 64 << 16;
    private static final int SIZE = 1 << 22;

    private final Object lock = new Object();
    private final BitSet held = new BitSet();
    private int next;

    /** @param seed such as the hash of a cluster's id */
    public LoopbackAddresses(int seed) {
        this.next = Math.floorMod(seed * 0x9E3779B9, SIZE);
    }

    @Override
    public String take() {
        synchronized (lock) {
            for (int tried = 0; tried < SIZE; tried++) {
                int candidate = next;
                next = (next + 1) % SIZE;
                int lastByte = candidate & 255;
                if (lastByte != 0 && lastByte != 255 && !held.get(candidate)) {
                    held.set(candidate);
                    return text(BASE + candidate);
                }
            }
            throw new IllegalStateException("every loopback address is taken");
        }
    }

    @Override
    public void hold(String address) {
        int index = index(address);
        if (index >= 0) {
            synchronized (lock) {
                held.set(index);
            }
        }
    }

    @Override
    public void release(String address) {
        int index = index(address);
        if (index >= 0) {
            synchronized (lock) {
                held.clear(index);
            }
        }
    }

    /** How many are held. */
    public int size() {
        synchronized (lock) {
            return held.cardinality();
        }
    }

    private static int index(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        int value = 0;
        for (String part : parts) {
            value = value << 8 | Integer.parseInt(part);
        }
        int index = value - BASE;
        return index >= 0 && index < SIZE ? index : -1;
    }

    private static String text(int address) {
        return (address >>> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }
}
