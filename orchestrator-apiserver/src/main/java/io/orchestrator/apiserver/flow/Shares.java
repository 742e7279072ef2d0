package io.orchestrator.apiserver.flow;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Something of which there is only so much, such as the bytes of bodies or the threads of streams, and of which nobody may have
 * more than half.
 */
public final class Shares {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();
    private final Map<String, Long> byFlow = new ConcurrentHashMap<>();

    public Shares(long limit) {
        this.limit = limit;
    }

    /** False when there is not so much left, or not for this flow; nothing is taken then. */
    public boolean take(String flow, long amount) {
        if (taken.addAndGet(amount) > limit) {
            taken.addAndGet(-amount);
            return false;
        }
        long mine = byFlow.merge(flow, amount, Long::sum);
        if (mine > Math.max(1, limit / 2)) {
            give(flow, amount);
            return false;
        }
        return true;
    }

    /** Gives back what was taken. */
    public void give(String flow, long amount) {
        taken.addAndGet(-amount);
        byFlow.computeIfPresent(flow, (key, mine) -> mine == amount ? null : mine - amount);
    }

    public long taken() {
        return taken.get();
    }
}
