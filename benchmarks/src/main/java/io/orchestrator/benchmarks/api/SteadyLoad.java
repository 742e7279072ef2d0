package io.orchestrator.benchmarks.api;

import io.orchestrator.benchmarks.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * Requests at a rate that does not depend on the answers: whoever is late makes up for it, and a request's time counts from when it
 * was due. So a server that stalls is charged for everything that would have come meanwhile.
 */
final class SteadyLoad {
    private static final String ASKING = "asking-";

    private SteadyLoad() {}

    /**
     * @param perSecond how many were answered, which is less than were due where the server, or the machine, is too slow
     * @param others how many processors everybody else on this machine kept busy
     */
    record Outcome(double perSecond, double medianMicros, double worstMicros, double serverMicros, double others) {}

    /** @param requests for a connection, its requests by number */
    static Outcome run(
            Endpoint endpoint,
            int connections,
            int ratePerSecond,
            int seconds,
            IntFunction<LongFunction<byte[]>> requests)
            throws Exception {
        AtomicInteger names = new AtomicInteger();
        ExecutorService pool =
                Executors.newFixedThreadPool(connections, work -> new Thread(work, ASKING + names.incrementAndGet()));
        List<KeepAliveConnection> open = new ArrayList<>();
        List<LongFunction<byte[]>> asked = new ArrayList<>();
        int each = Math.max(1, ratePerSecond * seconds / connections);
        long between = TimeUnit.SECONDS.toNanos(connections) / ratePerSecond;
        long[] took = new long[each * connections];
        try {
            for (int i = 0; i < connections; i++) {
                KeepAliveConnection connection = new KeepAliveConnection(endpoint);
                open.add(connection);
                LongFunction<byte[]> made = requests.apply(i);
                asked.add(made);
                connection.exchange(made.apply(0));
            }
            Usage usage = Usage.begin();
            long begun = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int own = i;
                long first = begun + between * i / connections;
                running.add(pool.submit(() -> {
                    for (int n = 0; n < each; n++) {
                        byte[] request = asked.get(own).apply(1 + n);
                        long due = first + n * between;
                        await(due);
                        open.get(own).exchange(request);
                        took[own * each + n] = System.nanoTime() - due;
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            Usage.Used used = usage.end();
            Arrays.sort(took);
            double count = took.length;
            return new Outcome(
                    count / used.wallSeconds(),
                    took[took.length / 2] / 1e3,
                    took[(int) (count * 0.99)] / 1e3,
                    used.seconds(name -> !name.startsWith(ASKING)) * 1e6 / count,
                    used.others());
        } finally {
            for (KeepAliveConnection connection : open) {
                connection.close();
            }
            pool.shutdownNow();
            pool.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
