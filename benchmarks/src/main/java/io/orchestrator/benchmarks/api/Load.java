package io.orchestrator.benchmarks.api;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import javax.net.ssl.SSLContext;

/** Many connections that ask as fast as they are answered. */
final class Load {
    private Load() {}

    /** @param perCpuSecond of the processor time of this whole process, the asking side included */
    record Rate(double perSecond, double perCpuSecond) {}

    /**
     * @param requests for a connection, its requests by number
     */
    static Rate run(
            SSLContext tls, int port, int connections, double seconds, IntFunction<LongFunction<byte[]>> requests)
            throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(connections);
        LongAdder done = new LongAdder();
        try {
            List<KeepAliveConnection> open = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                open.add(new KeepAliveConnection(tls, port));
            }
            long cpu = cpuNanos();
            long begun = System.nanoTime();
            long end = begun + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                KeepAliveConnection connection = open.get(i);
                LongFunction<byte[]> request = requests.apply(i);
                running.add(pool.submit(() -> {
                    for (long n = 0; System.nanoTime() < end; n++) {
                        connection.exchange(request.apply(n));
                        done.increment();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            double took = System.nanoTime() - begun;
            double used = cpuNanos() - cpu;
            for (KeepAliveConnection connection : open) {
                connection.close();
            }
            return new Rate(done.sum() * 1e9 / took, done.sum() * 1e9 / used);
        } finally {
            pool.shutdownNow();
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
