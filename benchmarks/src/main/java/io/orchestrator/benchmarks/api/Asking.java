package io.orchestrator.benchmarks.api;

import java.nio.channels.Selector;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The thread that asks, known by its name: what it uses of the processors is not the server's. */
final class Asking {
    static final String NAME = "asking";

    private Asking() {}

    /** What it does with connections of its own. */
    @FunctionalInterface
    interface Work<T> {
        T with(Selector selector) throws Exception;
    }

    static <T> T by(Work<T> work) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, NAME));
        try (Selector selector = Selector.open()) {
            return thread.submit(() -> work.with(selector)).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            thread.shutdownNow();
        }
    }
}
