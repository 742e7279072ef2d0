package io.orchestrator.benchmarks.api;

import io.orchestrator.benchmarks.Usage;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/** Connections that ask again as soon as they are answered, all of them by one thread. */
final class Load {
    private Load() {}

    /**
     * What a run of so many requests took.
     *
     * @param serverMicros processor time per request of all threads but the asking one
     * @param askingMicros the same of the one that asks
     * @param wholeMicros the same of all that this process does, compilers and collectors included
     * @param medianMicros how long half of the requests took at most
     * @param worstMicros how long 99 of 100 took at most
     * @param others how many processors everybody else on this machine kept busy
     */
    record Rate(
            double perSecond,
            double serverMicros,
            double askingMicros,
            double wholeMicros,
            double medianMicros,
            double worstMicros,
            double others) {

        /** @param took nanoseconds of each request, which are sorted here */
        static Rate of(long[] took, Usage.Used used) {
            Arrays.sort(took);
            double count = took.length;
            return new Rate(
                    count / used.wallSeconds(),
                    used.seconds(name -> !name.startsWith(Asking.NAME)) * 1e6 / count,
                    used.seconds(name -> name.startsWith(Asking.NAME)) * 1e6 / count,
                    used.process() * 1e6 / count,
                    took[took.length / 2] / 1e3,
                    took[(int) (count * 0.99)] / 1e3,
                    used.others());
        }
    }

    /**
     * @param requests for a connection, its requests by number; the bytes of one are used until the next is asked for
     */
    static Rate run(Endpoint endpoint, int connections, int all, IntFunction<LongFunction<byte[]>> requests)
            throws Exception {
        int each = Math.max(1, all / connections);
        return Asking.by(selector -> {
            Asker[] askers = new Asker[connections];
            try {
                for (int i = 0; i < connections; i++) {
                    askers[i] = new Asker(new SwiftConnection(endpoint, selector), requests.apply(i));
                }
                // Each connection asks once before, so that neither start nor handshake is measured.
                new Run(selector, askers, 1).last();
                Usage usage = Usage.begin();
                long[] took = new Run(selector, askers, each).last();
                return Rate.of(took, usage.end());
            } finally {
                for (Asker asker : askers) {
                    if (asker != null) {
                        asker.connection.close();
                    }
                }
            }
        });
    }

    /** A connection and what it asks. */
    private static final class Asker {
        private final SwiftConnection connection;
        private final LongFunction<byte[]> requests;
        private long asked;
        private int left;
        private long begun;

        Asker(SwiftConnection connection, LongFunction<byte[]> requests) {
            this.connection = connection;
            this.requests = requests;
        }

        void ask() throws IOException {
            byte[] request = requests.apply(asked++);
            left--;
            begun = System.nanoTime();
            connection.send(request);
        }
    }

    /** All connections ask so many times each. */
    private static final class Run {
        private final Selector selector;
        private final Asker[] askers;
        private final int each;
        private final long[] took;
        private int answered;

        Run(Selector selector, Asker[] askers, int each) {
            this.selector = selector;
            this.askers = askers;
            this.each = each;
            this.took = new long[askers.length * each];
        }

        /** The nanoseconds that each request took. */
        long[] last() throws IOException {
            for (Asker asker : askers) {
                asker.connection.attach(asker);
                asker.left = each;
                asker.ask();
            }
            while (answered < took.length) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    hear((Asker) key.attachment());
                }
                selector.selectedKeys().clear();
            }
            return took;
        }

        private void hear(Asker asker) throws IOException {
            if (asker.connection.isAnswered()) {
                took[answered++] = System.nanoTime() - asker.begun;
                if (asker.left > 0) {
                    asker.ask();
                }
            }
        }
    }
}
