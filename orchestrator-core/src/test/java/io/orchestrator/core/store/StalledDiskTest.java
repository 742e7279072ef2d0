package io.orchestrator.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that neither syncs nor refuses. */
@Timeout(120)
class StalledDiskTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final StoreKey EVERYTHING = new StoreKey("/");

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() throws InterruptedException {
        StallingFiles.stall(false);
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private DurableStore open(Duration patience) {
        return open(threads, patience);
    }

    private DurableStore open(Executor executor, Duration patience) {
        return DurableStore.open(directory, executor, MemoryStoreOptions.keeping(64), patience, StallingFiles.prefix());
    }

    /** One in which something stands already, which was written in whatever time the disk of a busy machine takes. */
    private DurableStore openWithSomething(Executor executor) {
        try (DurableStore first = open(LONG)) {
            put(first, "before");
        }
        return open(executor, PATIENCE);
    }

    private static long put(DurableStore store, String name) {
        return store.put(StoreKey.of("things", name), StoreValue.of(new byte[] {1}), Expect.absent())
                .revision();
    }

    private static List<String> names(DurableStore store) {
        return store.list(EVERYTHING, ListQuery.all()).entries().stream()
                .map(entry -> entry.key().path().substring("/things/".length()))
                .toList();
    }

    @Test
    void writersAreToldInTimeReadersReadOnAndAllIsWellWhenItIsBack() throws Exception {
        try (DurableStore store = openWithSomething(threads)) {
            long revision = store.revision();
            assertThat(store.fault()).isEmpty();
            StallingFiles.stall(true);

            assertThat(keptWaiting(store, "under-way"))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("has not answered for 300 ms")
                    .hasMessageContaining("not known");
            assertThat(store.fault()).hasValueSatisfying(why -> assertThat(why).contains("has not answered"));
            assertThat(names(store)).containsExactly("before");
            assertThat(store.revision()).isEqualTo(revision);
            assertThatThrownBy(() -> put(store, "refused"))
                    .isInstanceOfSatisfying(
                            StoreException.Unavailable.class,
                            e -> assertThat(e.isUnwritten()).isTrue());
            assertThatThrownBy(() -> store.compact(revision)).isInstanceOf(StoreException.Unavailable.class);

            StallingFiles.stall(false);
            untilItTakes(store, "after");
            assertThat(store.fault()).isEmpty();
            assertThat(names(store)).containsExactly("after", "before", "under-way");
        }
        try (DurableStore store = open(PATIENCE)) {
            assertThat(names(store)).containsExactly("after", "before", "under-way");
        }
    }

    /**
     * What is told to a writer whose write the disk has. One whose commit was not even begun in its time, as a busy machine may have
     * it, has gone away unwritten, and comes again.
     */
    private static Throwable keptWaiting(DurableStore store, String name) {
        while (true) {
            Throwable told = catchThrowable(() -> put(store, name));
            if (!(told instanceof StoreException.Unavailable unavailable) || !unavailable.isUnwritten()) {
                return told;
            }
            spin(unavailable);
        }
    }

    /** As soon as the disk has answered; no sooner is anybody told. */
    private static void untilItTakes(DurableStore store, String name) {
        while (true) {
            try {
                put(store, name);
                return;
            } catch (StoreException.Conflict written) {
                // The last try took longer than a writer waits, and was carried out.
                return;
            } catch (StoreException.Unavailable | StoreException.Refused e) {
                spin(e);
            }
        }
    }

    @Test
    void whoWaitsBehindItGoesAwayUnwrittenAndOthersTakeTheirRevisions() throws Exception {
        try (DurableStore store = open(LONG)) {
            put(store, "before");
            StallingFiles.stall(true);
            Future<?> underWay = threads.submit(() -> put(store, "under-way"));
            StallingFiles.awaitHanging();
            List<Future<?>> behind = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String name = "behind-" + i;
                behind.add(threads.submit(() -> put(store, name)));
            }
            StallingFiles.stall(false);
            underWay.get(60, TimeUnit.SECONDS);
            for (Future<?> each : behind) {
                each.get(60, TimeUnit.SECONDS);
            }
            assertThat(names(store)).hasSize(5);
        }
        try (DurableStore store = open(PATIENCE)) {
            long revision = store.revision();
            StallingFiles.stall(true);
            Future<Throwable> underWay = threads.submit(() -> keptWaiting(store, "late"));
            StallingFiles.awaitHanging();
            Throwable behind = catchThrowable(() -> put(store, "withdrawn"));
            assertThat(((StoreException.Unavailable) behind).isUnwritten()).isTrue();
            Throwable unknown = underWay.get(60, TimeUnit.SECONDS);
            assertThat(((StoreException.Unavailable) unknown).isUnwritten()).isFalse();
            StallingFiles.stall(false);
            untilItTakes(store, "next");
            assertThat(names(store)).contains("late", "next").doesNotContain("withdrawn");
            assertThat(store.revision()).isEqualTo(revision + 2);
        }
    }

    @Test
    void aStoreIsClosedInTimeAndItsFilesOnceTheDiskIsBack() throws Exception {
        DurableStore store = openWithSomething(threads);
        StallingFiles.stall(true);
        Throwable late = keptWaiting(store, "late");
        assertThat(late).isInstanceOf(StoreException.Unavailable.class);
        store.close();
        assertThatThrownBy(() -> put(store, "closed")).isInstanceOf(StoreException.Closed.class);
        assertThatThrownBy(() -> open(PATIENCE)).isInstanceOf(StoreFileException.class);
        StallingFiles.stall(false);
        try (DurableStore next = untilItOpens()) {
            assertThat(names(next)).containsExactly("before", "late");
        }
    }

    /** Without threads of the store's own, a writer stays with the disk; it alone. */
    @Test
    void whoCommitsForItselfHoldsNeitherTheOthersNorTheCloserNorLaterWrites() throws Exception {
        DurableStore store = openWithSomething(Runnable::run);
        StallingFiles.stall(true);
        Future<Long> underWay = threads.submit(() -> put(store, "under-way"));
        StallingFiles.awaitHanging();
        Throwable behind = catchThrowable(() -> put(store, "behind"));
        assertThat(behind).isInstanceOf(StoreException.Unavailable.class);
        assertThat(store.fault()).isPresent();
        StallingFiles.stall(false);
        underWay.get(60, TimeUnit.SECONDS);
        untilItTakes(store, "after");
        assertThat(names(store)).containsExactly("after", "before", "under-way");

        StallingFiles.stall(true);
        Future<Throwable> last = threads.submit(() -> catchThrowable(() -> put(store, "last")));
        StallingFiles.awaitHanging();
        store.close();
        StallingFiles.stall(false);
        last.get(60, TimeUnit.SECONDS);
        try (DurableStore next = untilItOpens()) {
            assertThat(names(next)).containsExactly("after", "before", "last", "under-way");
        }
    }

    @Test
    void aCommitThatTheExecutorLosesOrCannotBeginStopsNobodyLater() {
        AtomicReference<Executor> executor = new AtomicReference<>(task -> {});
        try (DurableStore store = open(task -> executor.get().execute(task), PATIENCE)) {
            assertThatThrownBy(() -> put(store, "lost")).isInstanceOf(StoreException.Unavailable.class);
            assertThat(store.fault()).isEmpty();
            executor.set(task -> {
                throw new OutOfMemoryError("no thread");
            });
            untilItTakes(store, "by-itself");
            executor.set(threads);
            untilItTakes(store, "by-another");
            assertThat(names(store)).containsExactly("by-another", "by-itself");
        }
    }

    @Test
    void aCommitThatFailsWithAnErrorStopsNobodyLater() throws Exception {
        try (DurableStore store = open(LONG)) {
            put(store, "before");
            StallingFiles.stall(true);
            Future<Throwable> failing = threads.submit(() -> catchThrowable(() -> put(store, "failing")));
            StallingFiles.awaitHanging();
            StallingFiles.failNext();
            StallingFiles.stall(false);
            assertThat(failing.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasRootCauseMessage("of the test");
            untilItTakes(store, "after");
            assertThat(names(store)).contains("after", "before");
        }
    }

    @Test
    void filesAreClosedHoweverACommitEndsWhileTheStoreDoes() throws Exception {
        for (int i = 0; i < 40; i++) {
            DurableStore store = open(Duration.ZERO);
            String name = "round-" + i;
            Future<Throwable> write = threads.submit(() -> catchThrowable(() -> put(store, name)));
            store.close();
            write.get(60, TimeUnit.SECONDS);
            untilItOpens().close();
        }
    }

    private DurableStore untilItOpens() {
        while (true) {
            try {
                return open(PATIENCE);
            } catch (StoreFileException inUse) {
                spin(inUse);
            }
        }
    }

    /** Until the time of the test is over, of which an interrupt tells. */
    private static void spin(Exception last) {
        if (Thread.interrupted()) {
            throw new AssertionError("not in time", last);
        }
        Thread.onSpinWait();
    }
}
