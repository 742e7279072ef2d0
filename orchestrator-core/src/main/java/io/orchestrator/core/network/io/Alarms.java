package io.orchestrator.core.network.io;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** What a loop waits for, one alarm per owner. Owned by the loop. */
final class Alarms {
    private record Alarm(long dueNanos, long sequence, Object owner, Runnable action) {}

    private final Map<Object, Alarm> byOwner = new HashMap<>();
    private final TreeSet<Alarm> inOrder =
            new TreeSet<>(Comparator.comparingLong(Alarm::dueNanos).thenComparingLong(Alarm::sequence));
    private long sequence;

    /** In place of the owner's earlier one. */
    void set(Object owner, long dueNanos, Runnable action) {
        cancel(owner);
        Alarm alarm = new Alarm(dueNanos, sequence++, owner, action);
        byOwner.put(owner, alarm);
        inOrder.add(alarm);
    }

    void cancel(Object owner) {
        Alarm alarm = byOwner.remove(owner);
        if (alarm != null) {
            inOrder.remove(alarm);
        }
    }

    boolean isEmpty() {
        return inOrder.isEmpty();
    }

    /** When the next one rings; only when there is one. */
    long nextNanos() {
        return inOrder.first().dueNanos;
    }

    void ring(long now) {
        while (!inOrder.isEmpty() && inOrder.first().dueNanos - now <= 0) {
            Alarm alarm = inOrder.first();
            cancel(alarm.owner);
            alarm.action.run();
        }
    }
}
