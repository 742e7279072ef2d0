package io.orchestrator.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is particular to the memory store: one thread is enough, bounded history, shared values. */
class MemoryStoreTest {
    private static final StoreKey ALL = new StoreKey("/");
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> seen = new ArrayList<>();
    private final MemoryStore store = new MemoryStore(tasks::add, MemoryStoreOptions.keeping(8));

    @Test
    void nothingIsDeliveredBeforeTheExecutorRunsTheTask() {
        store.watch(ALL, 0, noting("w"));
        put("/a");
        put("/b");
        assertThat(seen).isEmpty();
        runAll();
        assertThat(seen).containsExactly("w 2 /a", "w 3 /b");
    }

    @Test
    void aBriefSinkHasBeenToldWhenTheWriteReturns() {
        store.watch(ALL, store.revision(), brief(noting("w")));
        put("/a");
        assertThat(seen).containsExactly("w 2 /a");
        put("/a");
        assertThat(seen).containsExactly("w 2 /a", "w 3 /a");
        assertThat(tasks).isEmpty();
    }

    @Test
    void aBriefSinkIsToldHoldingNoLock() throws Exception {
        CompletableFuture<Entry> written = new CompletableFuture<>();
        store.watch(ALL, store.revision(), brief((revision, changes) -> {
            Thread other = new Thread(() -> written.complete(put("/other")));
            if (revision == 2) {
                other.start();
                written.orTimeout(60, TimeUnit.SECONDS).join();
            }
        }));
        put("/a");
        assertThat(written.get(0, TimeUnit.SECONDS).revision()).isEqualTo(3);
    }

    @Test
    void aWriterDoesNotDeliverWithoutEndWhatOthersWriteMeanwhile() {
        ChangeSink noting = noting("w");
        store.watch(ALL, store.revision(), brief((revision, changes) -> {
            noting.changes(revision, changes);
            if (revision < 100) {
                put("/more");
            }
        }));
        put("/a");
        assertThat(seen).hasSizeLessThan(20);
        runAll();
        assertThat(seen).hasSize(99).last().isEqualTo("w 100 /more");
    }

    @Test
    void aBriefSinkThatThrowsDoesNotHarmTheWriter() {
        List<StoreException> ends = new ArrayList<>();
        store.watch(ALL, store.revision(), new ChangeSink() {
            @Override
            public void changes(long revision, List<Change> changes) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public boolean isBrief() {
                return true;
            }

            @Override
            public void closed(StoreException cause) {
                ends.add(cause);
            }
        });
        assertThat(put("/a").revision()).isEqualTo(2);
        assertThat(ends).singleElement().isInstanceOf(StoreException.Unavailable.class);
    }

    @Test
    void aBriefSinkThatRunsOutOfStackHarmsNeitherTheWriterNorOtherWatchers() {
        store.watch(ALL, store.revision(), brief((revision, changes) -> {
            throw new StackOverflowError("on purpose");
        }));
        store.watch(ALL, store.revision(), noting("w"));
        store.watch(ALL, store.revision(), brief(noting("v")));
        assertThat(put("/a").revision()).isEqualTo(2);
        runAll();
        assertThat(put("/a").revision()).isEqualTo(3);
        runAll();
        assertThat(seen).containsExactly("v 2 /a", "w 2 /a", "v 3 /a", "w 3 /a");
    }

    @Test
    void whereNoThreadCanBeStartedItsWatcherHearsOfTheEndAndOthersOfTheWrite() {
        Deque<Error> failures = new ArrayDeque<>(List.of(new OutOfMemoryError("on purpose")));
        MemoryStore starved = new MemoryStore(task -> {
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            tasks.add(task);
        });
        starved.watch(ALL, starved.revision(), noting("first"));
        starved.watch(ALL, starved.revision(), noting("second"));
        for (int i = 0; i < 2; i++) {
            starved.put(new StoreKey("/a"), StoreValue.of(new byte[0]), Expect.anything());
            runAll();
        }
        assertThat(seen).containsExactly("first Unavailable", "second 2 /a", "second 3 /a");
    }

    @Test
    void aSubscriptionHasAtMostOneTaskAtATime() {
        store.watch(ALL, 0, noting("w"));
        for (int i = 0; i < 5; i++) {
            put("/a");
        }
        assertThat(tasks).hasSize(1);
        runAll();
        assertThat(tasks).isEmpty();
        put("/a");
        assertThat(tasks).hasSize(1);
    }

    @Test
    void aWatcherIsNotWokenForWhatItDoesNotWatch() {
        store.watch(new StoreKey("/mine/"), store.revision(), noting("w"));
        put("/other/a");
        assertThat(tasks).isEmpty();
    }

    @Test
    void anIdleWatcherStaysInTheHistoryHoweverMuchOthersWrite() {
        store.watch(new StoreKey("/mine/"), store.revision(), noting("w"));
        for (int i = 0; i < 100; i++) {
            put("/other/a");
            runAll();
        }
        long mine = put("/mine/a").revision();
        runAll();
        assertThat(seen).last().isEqualTo("w " + mine + " /mine/a");
        assertThat(seen).filteredOn(line -> line.contains("progress")).hasSizeBetween(20, 30);
    }

    @Test
    void theHistoryIsBoundedByCount() {
        long first = put("/a").revision();
        for (int i = 0; i < 8; i++) {
            put("/b");
        }
        assertThat(store.list(ALL, ListQuery.all().atRevision(first)).entries()).hasSize(1);
        put("/b");
        assertThatThrownBy(() -> store.list(ALL, ListQuery.all().atRevision(first)))
                .isInstanceOf(StoreException.Compacted.class);
        assertThatThrownBy(() -> store.watch(ALL, first, noting("w"))).isInstanceOf(StoreException.Compacted.class);
        assertThat(store.list(ALL, ListQuery.all()).entries()).hasSize(2);
    }

    @Test
    void aWatcherThatIsOvertakenIsToldAndGetsNothingHalf() {
        store.watch(ALL, 0, noting("w"));
        for (int i = 0; i < 9; i++) {
            put("/a");
        }
        runAll();
        assertThat(seen).containsExactly("w Compacted");
        put("/a");
        assertThat(tasks).isEmpty();
    }

    @Test
    void aKeyDeletedAndCreatedAgainKeepsBothPastsInOrder() {
        put("/a");
        long deleted = store.delete(new StoreKey("/a"), Expect.anything())
                .orElseThrow()
                .revision();
        long again = put("/a").revision();
        assertThat(store.list(ALL, ListQuery.all().atRevision(deleted)).entries())
                .isEmpty();
        assertThat(store.list(ALL, ListQuery.all().atRevision(deleted - 1)).entries())
                .hasSize(1);
        assertThat(store.list(ALL, ListQuery.all().atRevision(again)).entries()).hasSize(1);
    }

    @Test
    void aKeyIsFoundWhenItsCreationPushesItsOwnRemovalOutOfTheHistory() {
        MemoryStore tiny = new MemoryStore(tasks::add, MemoryStoreOptions.keeping(1));
        StoreKey key = new StoreKey("/a");
        for (int i = 0; i < 3; i++) {
            tiny.put(key, StoreValue.of(new byte[0]), Expect.absent());
            assertThat(tiny.list(ALL, ListQuery.all()).entries()).hasSize(1);
            tiny.delete(key, Expect.anything());
            assertThat(tiny.list(ALL, ListQuery.all()).entries()).isEmpty();
        }
        tiny.put(key, StoreValue.of(new byte[0]), Expect.absent());
        assertThat(tiny.get(key)).isPresent();
        assertThat(tiny.list(ALL, ListQuery.all()).entries()).hasSize(1);
    }

    @Test
    void valuesAreNeverAskedForTheirBytes() {
        StoreValue mute = () -> {
            throw new AssertionError("asked");
        };
        store.watch(ALL, 0, noting("w"));
        Entry written = store.put(new StoreKey("/a"), mute, Expect.absent());
        store.put(new StoreKey("/a"), mute, Expect.atRevision(written.revision()));
        assertThat(store.get(new StoreKey("/a")).orElseThrow().value()).isSameAs(mute);
        assertThat(store.list(ALL, ListQuery.all()).entries().get(0).value()).isSameAs(mute);
        store.delete(new StoreKey("/a"), Expect.anything());
        runAll();
        assertThat(seen).hasSize(3);
    }

    @Test
    void whatNeitherAKeyNorTheHistoryHoldsIsLetGo() throws Exception {
        List<WeakReference<StoreValue>> values = new ArrayList<>();
        store.watch(ALL, 0, noting("never run"));
        for (int i = 0; i < 50; i++) {
            StoreValue value = StoreValue.of(new byte[1 << 16]);
            values.add(new WeakReference<>(value));
            store.put(new StoreKey("/k" + i % 3), value, Expect.anything());
            if (i % 5 == 0) {
                store.delete(new StoreKey("/k" + i % 3), Expect.anything());
            }
        }
        for (int i = 0; i < 50 && kept(values) > 11; i++) {
            System.gc();
        }
        // Eight writes of history, and what each of the three keys held just before it.
        assertThat(kept(values)).isLessThanOrEqualTo(11);
    }

    private static long kept(List<WeakReference<StoreValue>> values) {
        return values.stream().filter(v -> v.get() != null).count();
    }

    @Test
    void aBusyWatcherLetsOthersHaveTheirTurn() {
        MemoryStore roomy = new MemoryStore(tasks::add, MemoryStoreOptions.keeping(10_000));
        roomy.watch(ALL, 0, noting("first"));
        roomy.watch(ALL, 0, noting("second"));
        for (int i = 0; i < 1_000; i++) {
            roomy.put(new StoreKey("/a"), StoreValue.of(new byte[0]), Expect.anything());
        }
        tasks.remove().run();
        assertThat(seen).isNotEmpty().hasSizeLessThan(1_000).allMatch(line -> line.startsWith("first"));
        runAll();
        assertThat(seen).hasSize(2_000);
    }

    @Test
    void whenTheHostTookTheThreadsAwayWatchersStillHearOfTheEnd() {
        MemoryStore stranded = new MemoryStore(task -> {
            throw new RejectedExecutionException("gone");
        });
        stranded.watch(ALL, stranded.revision(), noting("w"));
        stranded.put(new StoreKey("/a"), StoreValue.of(new byte[0]), Expect.absent());
        assertThat(seen).containsExactly("w Unavailable");
        stranded.watch(ALL, stranded.revision(), noting("v"));
        stranded.close();
        assertThat(seen).containsExactly("w Unavailable", "v Closed");
    }

    @Test
    void twoStoresDoNotSeeEachOther() {
        MemoryStore another = new MemoryStore(tasks::add);
        another.watch(ALL, 0, noting("another"));
        put("/a");
        runAll();
        assertThat(seen).isEmpty();
        assertThat(another.get(new StoreKey("/a"))).isEmpty();
    }

    private Entry put(String path) {
        return store.put(new StoreKey(path), StoreValue.of(new byte[0]), Expect.anything());
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private ChangeSink noting(String name) {
        return new ChangeSink() {
            @Override
            public void changes(long revision, List<Change> changes) {
                seen.add(name + " " + revision + " " + changes.get(0).key());
            }

            @Override
            public void progress(long revision) {
                seen.add(name + " progress " + revision);
            }

            @Override
            public void closed(StoreException cause) {
                seen.add(name + " " + cause.getClass().getSimpleName());
            }
        };
    }

    /** What is told of changes, briefly. */
    @FunctionalInterface
    private interface Told {
        void changes(long revision, List<Change> changes);
    }

    private static ChangeSink brief(ChangeSink sink) {
        return brief(sink::changes);
    }

    private static ChangeSink brief(Told told) {
        return new ChangeSink() {
            @Override
            public void changes(long revision, List<Change> changes) {
                told.changes(revision, changes);
            }

            @Override
            public boolean isBrief() {
                return true;
            }

            @Override
            public void closed(StoreException cause) {
                throw new AssertionError(cause);
            }
        };
    }
}
