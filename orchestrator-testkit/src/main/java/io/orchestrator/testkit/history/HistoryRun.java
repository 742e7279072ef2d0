package io.orchestrator.testkit.history;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.Subscription;
import io.orchestrator.testkit.store.RecordingSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Several clients and watchers on one store, over one or more phases with faults in them, and the verdict at the end.
 *
 * <p>Every client has a thread of its own in each phase. A watcher follows each phase from the revision at which it began. Nothing
 * else may write under the prefix, and nothing may stand there when the run is made.
 */
public final class HistoryRun {
    private static final int KEYS = 4;

    private final StoreKey prefix;
    private final Duration patience;
    private final StoreHistory history;
    private final List<RandomCalls> clients = new ArrayList<>();
    private final List<Watched> watches = new ArrayList<>();
    private final long start;

    /** What the watch of one phase delivered; it may have been closed before the last change came. */
    private record Watched(long after, RecordingSink sink) {}

    /** What is done to the store while the clients are at work. */
    @FunctionalInterface
    public interface Fault {

        /** @param done the number of calls that have been made in this phase so far */
        void strike(AtomicInteger done) throws Exception;

        /** Nothing happens. */
        static Fault none() {
            return done -> {};
        }
    }

    /**
     * @param store as of now, for its revision
     * @param prefix a folder
     * @param patience how long a watch may take to deliver what is there, and the store to answer again after a fault
     */
    public HistoryRun(Store store, StoreKey prefix, int clients, long seed, Duration patience) {
        this.prefix = prefix;
        this.patience = patience;
        this.history = new StoreHistory(prefix);
        this.start = HistoryReader.insist(patience, store::revision);
        List<StoreKey> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            keys.add(new StoreKey(prefix.path() + "k" + i));
        }
        for (int i = 0; i < clients; i++) {
            this.clients.add(new RandomCalls(i, keys, seed));
        }
    }

    public StoreHistory history() {
        return history;
    }

    /**
     * Lets every client make so many calls, whatever the answers, and the fault strike meanwhile; returns when both are over.
     *
     * @throws AssertionError when a call does not come back in ten times the patience
     */
    public void phase(Store store, int calls, Fault fault) throws Exception {
        long after = HistoryReader.insist(patience, store::revision);
        RecordingSink sink = new RecordingSink(after, patience);
        Subscription subscription = store.watch(prefix, after, sink);
        watches.add(new Watched(after, sink));
        AtomicInteger done = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            int client = i;
            Thread thread = new Thread(() -> work(store, client, calls, done), "history-client-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        fault.strike(done);
        for (Thread thread : threads) {
            thread.join(patience.toMillis() * 10);
            if (thread.isAlive()) {
                throw new AssertionError("a call does not come back: " + List.of(thread.getStackTrace()));
            }
        }
        try {
            catchUp(store, sink);
            subscription.close();
        } catch (StoreException.Closed e) {
            sink.awaitEnd();
        }
    }

    /** Waits until the clients have made so many calls in this phase. */
    public static void await(AtomicInteger done, int calls) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (done.get() < calls) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("only " + done + " calls of " + calls + " were made");
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }

    private void work(Store store, int client, int calls, AtomicInteger done) {
        RandomCalls next = clients.get(client);
        for (int i = 0; i < calls; i++) {
            StoreCall call = next.next();
            next.learn(call, history.call(store, client, call));
            done.incrementAndGet();
        }
    }

    /** A store may show a write to readers before it shows it to watchers, but not for long. */
    private void catchUp(Store store, RecordingSink sink) {
        List<Change> all = new HistoryReader(prefix, patience).changesAfter(store, start);
        if (!all.isEmpty()
                && all.get(all.size() - 1).revision()
                        > watches.get(watches.size() - 1).after()) {
            sink.awaitRevision(all.get(all.size() - 1).revision());
        }
    }

    /** What cannot be, in words; empty when every client and every watcher saw one and the same linearizable store. */
    public List<String> violations(Store store) {
        List<Change> changes = new HistoryReader(prefix, patience).changesAfter(store, start);
        HistoryCheck check = new HistoryCheck(changes);
        List<String> violations = new ArrayList<>(check.violations(history.operations()));
        for (Watched watch : watches) {
            List<Change> delivered = watch.sink().changes();
            long upTo = delivered.isEmpty()
                    ? watch.after()
                    : delivered.get(delivered.size() - 1).revision();
            violations.addAll(watch.sink().violations());
            violations.addAll(check.violations(prefix, watch.after(), upTo, delivered));
        }
        return violations;
    }
}
