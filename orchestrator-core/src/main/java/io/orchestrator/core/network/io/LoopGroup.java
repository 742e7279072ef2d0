package io.orchestrator.core.network.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Loops that share the work of one owner. Thread-safe. */
public final class LoopGroup implements AutoCloseable {
    private final List<SelectorLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();

    private LoopGroup(List<SelectorLoop> loops) {
        this.loops = List.copyOf(loops);
    }

    /** Each loop keeps a thread of the executor until the group is closed. */
    public static LoopGroup start(int count, Executor executor, LongSupplier nanoTime) throws IOException {
        List<SelectorLoop> loops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            loops.add(new SelectorLoop(nanoTime));
        }
        loops.forEach(executor::execute);
        return new LoopGroup(loops);
    }

    public SelectorLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    public List<SelectorLoop> all() {
        return loops;
    }

    /** Resets all connections. Returns when every port is free. */
    @Override
    public void close() {
        loops.forEach(SelectorLoop::close);
        loops.forEach(SelectorLoop::awaitEnd);
        // One loop may have handed a connection to another that had ended by then.
        loops.forEach(SelectorLoop::runTasks);
    }
}
