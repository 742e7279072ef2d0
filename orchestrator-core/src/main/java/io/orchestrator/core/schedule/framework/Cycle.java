package io.orchestrator.core.schedule.framework;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One pod's attempt against one snapshot, and what plugins keep for its length. Not thread-safe; it belongs to the loop. */
public final class Cycle {
    private final PodView pod;
    private final Snapshot snapshot;
    private final RandomGenerator random;

    /** Few, so looking through them is quicker than any map. */
    private Object[] keys;

    private Object[] values;
    private int count;

    public Cycle(PodView pod, Snapshot snapshot, RandomGenerator random) {
        this(pod, snapshot, random, new Object[8], new Object[8], 0);
    }

    private Cycle(PodView pod, Snapshot snapshot, RandomGenerator random, Object[] keys, Object[] values, int count) {
        this.pod = pod;
        this.snapshot = snapshot;
        this.random = random;
        this.keys = keys;
        this.values = values;
        this.count = count;
    }

    public PodView pod() {
        return pod;
    }

    /** The cluster as it was when the cycle began. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** The only source of chance: the same snapshot, pod and seed give the same placement. */
    public RandomGenerator random() {
        return random;
    }

    public <T> void put(CycleKey<T> key, T value) {
        for (int i = 0; i < count; i++) {
            if (keys[i] == key) {
                values[i] = value;
                return;
            }
        }
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        keys[count] = key;
        values[count] = value;
        count++;
    }

    /** @throws NoSuchElementException when nothing was put there in this cycle */
    public <T> T get(CycleKey<T> key) {
        T value = find(key);
        if (value == null) {
            throw new NoSuchElementException("nothing was kept in this cycle as " + key);
        }
        return value;
    }

    @SuppressWarnings("unchecked") // put under this key was a T
    public <T> @Nullable T find(CycleKey<T> key) {
        for (int i = 0; i < count; i++) {
            if (keys[i] == key) {
                return (T) values[i];
            }
        }
        return null;
    }

    /** For a trial: changes there are not seen here. */
    public Cycle fork() {
        Object[] forked = values.clone();
        for (int i = 0; i < count; i++) {
            if (forked[i] instanceof Forkable forkable) {
                forked[i] = forkable.fork();
            }
        }
        return new Cycle(pod, snapshot, random, keys.clone(), forked, count);
    }
}
