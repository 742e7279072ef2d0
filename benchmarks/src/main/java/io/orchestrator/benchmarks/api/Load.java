package io.orchestrator.benchmarks.api;

import io.orchestrator.benchmarks.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/** Connections that ask again as soon as they are answered. */
final class Load {
    private static final String ASKING = "asking-";

    private Load() {}

    /**
     * What a run of so many requests took.
     *
     * @param serverMicros processor time per request of all threads but the asking ones
     * @param askingMicros the same of those that ask
     * @param medianMicros how long half of the requests took at most
     * @param worstMicros how long 99 of 100 took at most
     * @param others how many processors everybody else on this machine kept busy
     */
    record Rate(
            double perSecond,
            double serverMicros,
            double askingMicros,
            double medianMicros,
            double worstMicros,
            double others) {}

    /**
     * @param requests for a connection, its requests by number
     */
    static Rate run(Endpoint endpoint, int connections, int all, IntFunction<LongFunction<byte[]>> requests)
            throws Exception {
        AtomicInteger names = new AtomicInteger();
        ExecutorService pool =
                Executors.newFixedThreadPool(connections, work -> new Thread(work, ASKING + names.incrementAndGet()));
        List<KeepAliveConnection> open = new ArrayList<>();
        List<LongFunction<byte[]>> asked = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                open.add(new KeepAliveConnection(endpoint));
                asked.add(requests.apply(i));
            }
            // Each thread and connection begins once, so that neither start nor handshake is measured.
            ask(pool, open, asked, 1, 0);
            Usage usage = Usage.begin();
            long[] took = ask(pool, open, asked, Math.max(1, all / connections), 1);
            Usage.Used used = usage.end();
            Arrays.sort(took);
            double count = took.length;
            return new Rate(
                    count / used.wallSeconds(),
                    used.seconds(name -> !name.startsWith(ASKING)) * 1e6 / count,
                    used.seconds(name -> name.startsWith(ASKING)) * 1e6 / count,
                    took[took.length / 2] / 1e3,
                    took[(int) (count * 0.99)] / 1e3,
                    used.others());
        } finally {
            for (KeepAliveConnection connection : open) {
                connection.close();
            }
            pool.shutdownNow();
            pool.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    /** The nanoseconds that each request took. */
    private static long[] ask(
            ExecutorService pool,
            List<KeepAliveConnection> open,
            List<LongFunction<byte[]>> requests,
            int each,
            long first)
            throws InterruptedException, ExecutionException {
        long[] took = new long[open.size() * each];
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            int own = i;
            running.add(pool.submit(() -> {
                for (int n = 0; n < each; n++) {
                    byte[] request = requests.get(own).apply(first + n);
                    long begun = System.nanoTime();
                    open.get(own).exchange(request);
                    took[own * each + n] = System.nanoTime() - begun;
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        return took;
    }
}
