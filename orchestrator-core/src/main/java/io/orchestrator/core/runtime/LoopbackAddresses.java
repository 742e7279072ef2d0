package io.orchestrator.core.runtime;

import java.util.BitSet;

/**
 * Addresses out of {@code 127.64.0.0/10}, of which Linux answers every one without further ado. Those next to be given are
 * spread by a seed, so that two clusters on one machine seldom meet, and an address rests before it is given again.
 */
public final class LoopbackAddresses implements PodAddresses {
    private static final int ALL_BASE = 127 << 24 | 64 << 16;
    private static final int ALL_SIZE = 1 << 22;

    private final int base;
    private final int size;
    private final Object lock = new Object();
    private final BitSet held = new BitSet();
    private int next;

    /** @param seed such as the hash of a cluster's id */
    public LoopbackAddresses(int seed) {
        this(ALL_BASE, ALL_SIZE, Math.floorMod(seed * 0x9E3779B9, ALL_SIZE));
    }

    private LoopbackAddresses(int base, int size, int next) {
        this.base = base;
        this.size = size;
        this.next = next;
    }

    /** Only those of a range that no other cluster uses, such as {@code 127.65.0.0/17}. */
    public static LoopbackAddresses within(String range) {
        int slash = range.indexOf('/');
        int size = 1 << (32 - Integer.parseInt(range.substring(slash + 1)));
        return new LoopbackAddresses(number(range.substring(0, slash)) & -size, size, 0);
    }

    @Override
    public String take() {
        synchronized (lock) {
            for (int tried = 0; tried < size; tried++) {
                int candidate = next;
                next = (next + 1) % size;
                int lastByte = candidate & 255;
                if (lastByte != 0 && lastByte != 255 && !held.get(candidate)) {
                    held.set(candidate);
                    return text(base + candidate);
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

    private int index(String address) {
        if (address.split("\\.", -1).length != 4) {
            return -1;
        }
        int index = number(address) - base;
        return index >= 0 && index < size ? index : -1;
    }

    private static int number(String address) {
        int value = 0;
        for (String part : address.split("\\.")) {
            value = value << 8 | Integer.parseInt(part);
        }
        return value;
    }

    private static String text(int address) {
        return (address >>> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }
}
