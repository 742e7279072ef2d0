package io.orchestrator.core.network.userspace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The loops of a proxy. Thread-safe. */
final class LoopGroup implements AutoCloseable {
    private final List<RelayLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();

    private LoopGroup(List<RelayLoop> loops) {
        this.loops = List.copyOf(loops);
    }

    /** Each loop keeps a thread of the executor until the group is closed. */
    static LoopGroup start(int count, Executor executor, LongSupplier nanoTime) throws IOException {
        List<RelayLoop> loops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            loops.add(new RelayLoop(nanoTime));
        }
        loops.forEach(executor::execute);
        return new LoopGroup(loops);
    }

    RelayLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    List<RelayLoop> all() {
        return loops;
    }

    /** Resets all connections. Returns when every port is free. */
    @Override
    public void close() {
        loops.forEach(RelayLoop::close);
        loops.forEach(RelayLoop::awaitEnd);
        // One loop may have handed a connection to another that had ended by then.
        loops.forEach(RelayLoop::runTasks);
    }
}
