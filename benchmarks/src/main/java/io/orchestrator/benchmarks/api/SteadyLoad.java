package io.orchestrator.benchmarks.api;

import io.orchestrator.benchmarks.Usage;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * Requests at a rate that does not depend on the answers: a connection that is late makes up for it, and a request's time counts
 * from when it was due. So a server that stalls is charged for everything that would have come meanwhile. One thread asks for all
 * connections; it looks for answers at least ten thousand times a second, and an answer counts when it has been found.
 */
final class SteadyLoad {
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private SteadyLoad() {}

    /**
     * Begins with a second that is not counted, so that it begins in a stride.
     *
     * @param requests for a connection, its requests by number; the bytes of one are used until the next is asked for
     * @return where fewer were answered in a second than were due, the server or the machine is too slow
     */
    static Load.Rate run(
            Endpoint endpoint,
            int connections,
            int ratePerSecond,
            int seconds,
            IntFunction<LongFunction<byte[]>> requests)
            throws Exception {
        return Asking.by(selector -> {
            Asker[] askers = new Asker[connections];
            try {
                for (int i = 0; i < connections; i++) {
                    askers[i] = new Asker(new SwiftConnection(endpoint, selector), requests.apply(i));
                    askers[i].connection.attach(askers[i]);
                }
                new Run(selector, askers, ratePerSecond, ratePerSecond).last();
                Usage usage = Usage.begin();
                long[] took = new Run(selector, askers, ratePerSecond, ratePerSecond * seconds).last();
                return Load.Rate.of(took, usage.end());
            } finally {
                for (Asker asker : askers) {
                    if (asker != null) {
                        asker.connection.close();
                    }
                }
            }
        });
    }

    /** A connection, what it asks, and how many of its requests are due. */
    private static final class Asker {
        private final SwiftConnection connection;
        private final LongFunction<byte[]> requests;
        private long asked;
        /** By the run's count, the first of its requests that has not been answered. */
        private int number;

        private int due;
        private boolean waits;

        Asker(SwiftConnection connection, LongFunction<byte[]> requests) {
            this.connection = connection;
            this.requests = requests;
        }

        void askIfDue() throws IOException {
            if (due > 0 && !waits) {
                due--;
                waits = true;
                connection.send(requests.apply(asked++));
            }
        }
    }

    private static final class Run {
        private final Selector selector;
        private final Asker[] askers;
        private final double between;
        private final long begun;
        private final long[] took;
        private int answered;
        private int due;

        Run(Selector selector, Asker[] askers, int ratePerSecond, int all) {
            this.selector = selector;
            this.askers = askers;
            this.between = (double) TimeUnit.SECONDS.toNanos(1) / ratePerSecond;
            this.took = new long[all];
            for (int i = 0; i < askers.length; i++) {
                askers[i].number = i;
            }
            this.begun = System.nanoTime();
        }

        private long when(int number) {
            return begun + (long) (number * between);
        }

        /** The nanoseconds that each request took since it was due. */
        long[] last() throws IOException {
            while (answered < took.length) {
                long now = System.nanoTime();
                while (due < took.length && when(due) <= now) {
                    Asker asker = askers[due++ % askers.length];
                    asker.due++;
                    asker.askIfDue();
                }
                if (selector.selectNow() == 0) {
                    pause();
                    continue;
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    hear((Asker) key.attachment());
                }
                selector.selectedKeys().clear();
            }
            return took;
        }

        private void pause() {
            long left = due < took.length ? when(due) - System.nanoTime() : LOOK_NANOS;
            if (left > 0) {
                LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
            }
        }

        private void hear(Asker asker) throws IOException {
            if (asker.connection.isAnswered()) {
                took[answered++] = System.nanoTime() - when(asker.number);
                asker.number += askers.length;
                asker.waits = false;
                asker.askIfDue();
            }
        }
    }
}
