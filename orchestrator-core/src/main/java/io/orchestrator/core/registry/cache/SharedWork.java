package io.orchestrator.core.registry.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Many small pieces of work that the caller does together with whoever of an executor is free. It never waits for a helper that has
 * not begun: where there is none, as in the simulation, it does everything itself. For one use.
 */
final class SharedWork<A, B> implements Runnable {
    private static final int CHUNK = 512;
    private static final int MOST_HELPERS = 3;

    private final List<A> things;
    private final Function<A, B> function;
    private final @Nullable Object[] results;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch chunks;
    private volatile @Nullable Throwable failure;

    private SharedWork(List<A> things, Function<A, B> function) {
        this.things = things;
        this.function = function;
        this.results = new Object[things.size()];
        this.chunks = new CountDownLatch((things.size() + CHUNK - 1) / CHUNK);
    }

    /**
     * The function's results, in the order of the things.
     *
     * @param function is called by several threads at once; what it throws is thrown here
     */
    static <A, B> List<B> map(List<A> things, Function<A, B> function, Executor executor) {
        SharedWork<A, B> work = new SharedWork<>(things, function);
        int helpers =
                Math.min(Math.min(MOST_HELPERS, Runtime.getRuntime().availableProcessors() - 1), things.size() / CHUNK);
        try {
            for (int i = 0; i < helpers; i++) {
                executor.execute(work);
            }
        } catch (RejectedExecutionException e) {
            // Nobody helps any more.
        }
        work.run();
        return work.results();
    }

    /** Takes pieces until none is left. */
    @Override
    public void run() {
        while (true) {
            int from = next.getAndAdd(CHUNK);
            if (from >= results.length) {
                return;
            }
            try {
                for (int i = from; i < Math.min(results.length, from + CHUNK) && failure == null; i++) {
                    results[i] = function.apply(things.get(i));
                }
            } catch (Throwable e) {
                // The caller's to hear, an error too: in a helper it would be lost, and the piece would lack results.
                failure = e;
            } finally {
                chunks.countDown();
            }
        }
    }

    private List<B> results() {
        awaitOthers();
        Throwable why = failure;
        if (why instanceof Error error) {
            throw error;
        }
        if (why != null) {
            throw why instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(why);
        }
        List<B> all = new ArrayList<>(results.length);
        for (@Nullable Object each : Arrays.asList(results)) {
            @SuppressWarnings("unchecked") // only results of the function lie there
            B result = (B) each;
            all.add(result);
        }
        return all;
    }

    /** They have begun, and no piece takes long. */
    private void awaitOthers() {
        boolean interrupted = false;
        while (true) {
            try {
                chunks.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
