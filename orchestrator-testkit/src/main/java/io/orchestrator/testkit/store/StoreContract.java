package io.orchestrator.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * What every {@link io.orchestrator.spi.store.Store} must do: inherit, and say in {@link #open()} how to get an empty one.
 *
 * <p>A watch is ordered, without doubles, without a gap, whole revision by whole revision, resumable from any revision that is
 * not compacted, and its progress marks never run ahead. Where an answer may be stale, the test names every legal one:
 *
 * <ul>
 *   <li>reads are never stale: a value between the last write that finished before and the last that began;
 *   <li>a watcher may lag, and how far is the store's affair, but its changes and the list that it began with always give
 *       the list at the revision it has reached;
 *   <li>a watcher that fell behind a compaction has either got everything, or a gap-free beginning and then
 *       {@link StoreException.Compacted};
 *   <li>a watch from before the history is refused by the call, or accepted and then closed with the same exception;
 *   <li>a removal names the version that stood there, or none; never another.
 * </ul>
 *
 * <p>One rule cannot be tested from outside: a write whose answer got lost ends in {@link StoreException.Unavailable}, has
 * happened at most once, and is resolved by reading. An implementation must never repeat a write on its own, except one whose
 * first try provably changed nothing. Whoever can cut the line in a test should show it.
 */
public abstract class StoreContract extends StoreReadWriteContract {

    /** After how many writes a watcher that takes nothing cannot be served from any buffer, once they are compacted. */
    protected int writesBeyondAnyBuffer() {
        return 3_000;
    }

    /** Whether progress marks come within {@link #patience()}; say no only where the server is known not to send them. */
    protected boolean marksProgress() {
        return true;
    }

    @Test
    void aWatchDeliversWhatHappensInOrder() {
        Watching watching = watch(THINGS, store.revision());
        Entry created = write(thing("a"), "one");
        Entry updated = write(thing("a"), "two");
        Removal removal = store.delete(thing("a"), Expect.anything()).orElseThrow();
        Entry again = write(thing("a"), "three");

        List<Change> changes = watching.sink().awaitChanges(4);
        assertPut(changes.get(0), created, true);
        assertPut(changes.get(1), updated, false);
        assertRemoved(changes.get(2), updated, removal.revision());
        assertPut(changes.get(3), again, true);
    }

    @Test
    void aWatchFromThePastDeliversWhatHappenedSince() {
        long start = store.revision();
        write(thing("a"), "one");
        Entry second = write(thing("b"), "two");
        Entry third = write(thing("a"), "three");
        Removal removal = store.delete(thing("b"), Expect.anything()).orElseThrow();

        List<Change> since = watch(THINGS, second.revision()).sink().awaitChanges(2);
        assertPut(since.get(0), third, false);
        assertRemoved(since.get(1), second, removal.revision());
        assertThat(watch(THINGS, start).sink().awaitChanges(4)).hasSize(4);
    }

    @Test
    void aWatchFromTheFutureIsSilentUntilThen() {
        long future = store.revision() + 10;
        Watching watching = watch(THINGS, future);
        Entry last = write(thing("a"), "0");
        while (last.revision() <= future) {
            last = write(thing("a"), "more");
        }
        List<Change> changes = watching.sink().awaitRevision(last.revision());
        assertThat(changes).allMatch(c -> c.revision() > future);
        assertPut(changes.get(changes.size() - 1), last, false);
    }

    @Test
    void aWatchSeesItsPrefixOnly() {
        Watching things = watch(THINGS, store.revision());
        Watching one = watch(new StoreKey("/registry/things/a"), store.revision());
        write(other("a"), "other");
        write(thing("ab"), "mine");
        write(new StoreKey("/registry/things-of-others/a"), "other");
        write(thing("b"), "mine");
        store.delete(other("a"), Expect.anything());
        write(thing("a"), "mine");

        assertThat(things.sink().awaitChanges(3))
                .extracting(Change::key)
                .containsExactly(thing("ab"), thing("b"), thing("a"));
        assertThat(one.sink().awaitChanges(2)).extracting(Change::key).containsExactly(thing("ab"), thing("a"));
    }

    @Test
    void listThenWatchMissesNothingAndDoublesNothingUnderConcurrentWriters() throws Exception {
        AtomicBoolean go = new AtomicBoolean(true);
        List<Future<Set<Long>>> writers = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            writers.add(inBackground(() -> writeUntil(go, random)));
        }
        List<Listing> listings = new ArrayList<>();
        List<RecordingSink> sinks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Listing listing = store.list(THINGS, ListQuery.all());
            listings.add(listing);
            RecordingSink sink = watch(THINGS, listing.revision()).sink();
            sinks.add(sink);
            sink.awaitChanges(20);
        }
        go.set(false);
        Set<Long> written = new TreeSet<>();
        for (Future<Set<Long>> writer : writers) {
            written.addAll(result(writer));
        }
        long last = write(thing("last"), "last").revision();
        written.add(last);
        for (int i = 0; i < sinks.size(); i++) {
            List<Change> changes = sinks.get(i).awaitRevision(last);
            long from = listings.get(i).revision();
            assertThat(changes)
                    .extracting(Change::revision)
                    .containsExactlyElementsOf(
                            written.stream().filter(r -> r > from).toList());
            assertThat(replay(listings.get(i), changes, last)).isEqualTo(contents(THINGS, last));
            long middle = changes.get(changes.size() / 2).revision();
            assertThat(replay(listings.get(i), changes, middle)).isEqualTo(contents(THINGS, middle));
        }
    }

    private Set<Long> writeUntil(AtomicBoolean go, Random random) {
        Set<Long> revisions = new TreeSet<>();
        for (int i = 0; go.get(); i++) {
            // Paced, so that a short history is not what this is about.
            LockSupport.parkNanos(100_000);
            StoreKey key = thing("k" + random.nextInt(20));
            if (random.nextInt(3) == 0) {
                store.delete(key, Expect.anything()).ifPresent(removal -> revisions.add(removal.revision()));
            } else {
                revisions.add(write(key, "v" + i).revision());
            }
        }
        return revisions;
    }

    @Test
    void whatAWatcherIsToldCanBeReadAtOnce() {
        AtomicReference<String> stale = new AtomicReference<>();
        long start = store.revision();
        RecordingSink sink = watched(new RecordingSink(start, patience()) {
            @Override
            protected void onChanges(long revision, List<Change> batch) {
                long read = store.get(batch.get(0).key()).map(Entry::revision).orElse(0L);
                if (read < revision
                        || store.revision() < revision
                        || store.list(THINGS, ListQuery.all()).revision() < revision) {
                    stale.set("told of " + revision + ", read " + read);
                }
            }
        });
        store.watch(THINGS, start, sink);
        for (int i = 0; i < 50; i++) {
            write(thing("a"), "v" + i);
        }
        sink.awaitChanges(50);
        assertThat(stale.get()).isNull();
    }

    @Test
    void aSinkMayWriteToTheStore() {
        long start = store.revision();
        RecordingSink sink = watched(new RecordingSink(start, patience()) {
            @Override
            protected void onChanges(long revision, List<Change> batch) {
                if (batch.get(0) instanceof Change.Put put && text(put.entry()).length() < 5) {
                    write(put.key(), text(put.entry()) + "x");
                }
            }
        });
        store.watch(THINGS, start, sink);
        write(thing("a"), "");
        sink.awaitChanges(6);
        assertThat(text(store.get(thing("a")).orElseThrow())).isEqualTo("xxxxx");
    }

    @Test
    void progressComesToAWatcherWhileOnlyOthersWrite() throws Exception {
        assumeTrue(marksProgress(), "this store's server sends no progress marks that can be trusted");
        RecordingSink sink = watch(THINGS, store.revision()).sink();
        Entry mine = write(thing("a"), "one");
        AtomicBoolean go = new AtomicBoolean(true);
        Future<Integer> others = inBackground(() -> {
            int count = 0;
            while (go.get()) {
                write(other("a"), "v" + count++);
            }
            return count;
        });
        long progress = sink.awaitProgress(mine.revision() + 1);
        go.set(false);
        assertThat(result(others)).isPositive();
        assertThat(progress).isLessThanOrEqualTo(store.revision());
        assertThat(sink.changes()).hasSize(1);
        // Whoever resumes from the mark misses nothing.
        Entry next = write(thing("b"), "two");
        assertPut(watch(THINGS, progress).sink().awaitChanges(1).get(0), next, true);
    }

    @Test
    void whatASubscriptionSaysIsDeliveredIsAndNothingNewerWasToBeRead() throws Exception {
        long start = store.revision();
        RecordingSink sink = watched(new RecordingSink(start, patience()));
        Subscription subscription = store.watch(THINGS, start, sink);
        AtomicBoolean go = new AtomicBoolean(true);
        Future<Set<Long>> writing = inBackground(() -> writeUntil(go, new Random(1)));
        Map<Long, Long> seen = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            long newest = store.revision();
            long delivered = subscription.delivered();
            if (delivered > 0) {
                assertThat(delivered).isGreaterThanOrEqualTo(newest);
                seen.put(
                        delivered,
                        sink.changes().stream()
                                .filter(change -> change.revision() <= delivered)
                                .count());
            }
            LockSupport.parkNanos(100_000);
        }
        go.set(false);
        Set<Long> written = result(writing);
        seen.forEach((delivered, count) -> assertThat(count)
                .isEqualTo(written.stream()
                        .filter(revision -> revision <= delivered)
                        .count()));
        subscription.close();
        assertThat(subscription.delivered()).isZero();
    }

    @Test
    void aWatchFromBeforeTheHistoryIsRefused() {
        Entry first = write(thing("a"), "one");
        write(thing("a"), "two");
        Removal removal = store.delete(thing("a"), Expect.anything()).orElseThrow();
        Entry last = write(thing("b"), "three");
        store.compact(removal.revision());

        assertCompacted(first.revision());
        assertCompacted(removal.revision() - 1);
        List<Change> changes = watch(THINGS, removal.revision()).sink().awaitRevision(last.revision());
        assertThat(changes).hasSize(1);
        assertPut(changes.get(0), last, true);
    }

    private void assertCompacted(long after) {
        RecordingSink sink = sinkAfter(after);
        try {
            store.watch(THINGS, after, sink);
        } catch (StoreException.Compacted e) {
            return;
        }
        assertThat(sink.awaitEnd()).isInstanceOf(StoreException.Compacted.class);
        assertThat(sink.changes()).isEmpty();
    }

    @Test
    void compactionDoesNotDisturbAWatcherThatKeepsUp() {
        RecordingSink sink = watch(THINGS, store.revision()).sink();
        for (int i = 0; i < 20; i++) {
            Entry entry = write(thing("a"), "v" + i);
            sink.awaitRevision(entry.revision());
            store.compact(entry.revision());
        }
        assertThat(sink.awaitChanges(20)).hasSize(20);
        assertThat(sink.hasEnded()).isFalse();
    }

    @Test
    void aSlowSinkHoldsUpItselfOnlyAndFallsOutOfTheHistory() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch stalled = new CountDownLatch(1);
        long start = store.revision();
        RecordingSink slow = watched(new RecordingSink(start, patience()) {
            @Override
            protected void onChanges(long revision, List<Change> batch) {
                stalled.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        store.watch(THINGS, start, slow);
        RecordingSink quick = watch(THINGS, start).sink();
        Entry last = write(thing("a"), "first");
        assertThat(stalled.await(patience().toSeconds(), TimeUnit.SECONDS)).isTrue();
        int writes = writesBeyondAnyBuffer();
        for (int i = 0; i < writes; i++) {
            last = write(thing("a"), "v" + i);
            // The quick one keeps up, so that it is not itself overtaken by a short history.
            quick.awaitRevision(last.revision());
        }
        assertThat(quick.changes()).hasSize(writes + 1);
        store.compact(last.revision());
        release.countDown();

        assertThat(slow.awaitEnd()).isInstanceOf(StoreException.Compacted.class);
        List<Change> beginning = slow.changes();
        assertThat(beginning).hasSizeLessThan(writes);
        assertThat(beginning)
                .extracting(Change::revision)
                .containsExactlyElementsOf(quick.changes().stream()
                        .limit(beginning.size())
                        .map(Change::revision)
                        .toList());
        assertThat(quick.hasEnded()).isFalse();
    }

    @Test
    void aSinkThatThrowsEndsItsOwnWatchOnly() {
        long start = store.revision();
        RecordingSink broken = watched(new RecordingSink(start, patience()) {
            @Override
            protected void onChanges(long revision, List<Change> batch) {
                throw new IllegalStateException("broken on purpose");
            }
        });
        store.watch(THINGS, start, broken);
        RecordingSink sound = watch(THINGS, start).sink();
        write(thing("a"), "one");
        write(thing("a"), "two");

        assertThat(sound.awaitChanges(2)).hasSize(2);
        assertThat(broken.awaitEnd())
                .isInstanceOf(StoreException.Unavailable.class)
                .hasRootCauseMessage("broken on purpose");
        assertThat(broken.changes()).hasSize(1);
    }

    @Test
    void aWatchCancelledInsideItsOwnCallGetsNoFurtherOne() {
        CompletableFuture<Subscription> own = new CompletableFuture<>();
        long start = store.revision();
        RecordingSink sink = watched(new RecordingSink(start, patience()) {
            @Override
            protected void onChanges(long revision, List<Change> batch) {
                own.join().close();
                own.join().close();
            }
        });
        own.complete(store.watch(THINGS, start, sink));
        for (int i = 0; i < 10; i++) {
            write(thing("a"), "v" + i);
        }
        watch(THINGS, start).sink().awaitChanges(10);
        sink.awaitChanges(1);
        watch(THINGS, start).sink().awaitChanges(10);
        assertThat(sink.changes()).hasSize(1);
        assertThat(sink.hasEnded()).isFalse();
    }

    @Test
    void aWatchCancelledWhileWritersAreBusyFallsSilent() throws Exception {
        AtomicBoolean go = new AtomicBoolean(true);
        Future<Set<Long>> writer = inBackground(() -> writeUntil(go, new Random(1)));
        for (int i = 0; i < 20; i++) {
            long start = store.revision();
            Watching watching = watch(THINGS, start);
            watching.sink().awaitChanges(1);
            watching.subscription().close();
            // One call may have been under way; when another watcher got two more changes, it is over.
            watch(THINGS, store.revision()).sink().awaitChanges(2);
            int then = watching.sink().changes().size();
            watch(THINGS, store.revision()).sink().awaitChanges(2);
            assertThat(watching.sink().changes()).hasSize(then);
            assertThat(watching.sink().hasEnded()).isFalse();
        }
        go.set(false);
        result(writer);
    }

    @Test
    void closingTheStoreEndsEveryWatch() throws Exception {
        AtomicBoolean go = new AtomicBoolean(true);
        List<RecordingSink> sinks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sinks.add(watch(i % 2 == 0 ? THINGS : OTHERS, store.revision()).sink());
        }
        Watching cancelled = watch(THINGS, store.revision());
        cancelled.subscription().close();
        Future<Set<Long>> writer = inBackground(() -> {
            try {
                return writeUntil(go, new Random(1));
            } catch (StoreException.Closed | StoreException.Unavailable e) {
                return Set.of();
            }
        });
        sinks.get(0).awaitChanges(10);
        store.close();
        for (RecordingSink sink : sinks) {
            assertThat(sink.awaitEnd()).isInstanceOf(StoreException.Closed.class);
        }
        go.set(false);
        result(writer);
        assertThat(cancelled.sink().hasEnded()).isFalse();
    }

    private static void assertPut(Change change, Entry entry, boolean created) {
        assertThat(change).isInstanceOf(Change.Put.class);
        Change.Put put = (Change.Put) change;
        assertThat(put.key()).isEqualTo(entry.key());
        assertThat(describe(put.entry())).isEqualTo(describe(entry));
        assertThat(put.created()).isEqualTo(created);
    }

    private static void assertRemoved(Change change, Entry previous, long revision) {
        assertThat(change).isInstanceOf(Change.Removed.class);
        Change.Removed removed = (Change.Removed) change;
        assertThat(removed.key()).isEqualTo(previous.key());
        assertThat(removed.revision()).isEqualTo(revision);
        Entry told = removed.previous();
        if (told != null) {
            assertThat(describe(told)).isEqualTo(describe(previous));
        }
    }
}
