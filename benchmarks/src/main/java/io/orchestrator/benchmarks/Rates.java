package io.orchestrator.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Measures how often something can be done. */
public final class Rates {
    private Rates() {}

    /** One piece of work; may throw. */
    public interface Work {
        void run(int thread, int number) throws Exception;
    }

    /** Operations per second of all threads together, each doing so many. */
    public static double perSecond(int threads, int each, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long begun = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int own = thread;
                running.add(pool.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        work.run(own, i);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            return (double) threads * each * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begun);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Milliseconds that one run takes: the median of several. */
    public static double medianMillis(int runs, Work work) throws Exception {
        double[] millis = new double[runs];
        for (int run = 0; run < runs; run++) {
            long begun = System.nanoTime();
            work.run(0, run);
            millis[run] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        return millis[runs / 2];
    }
}
