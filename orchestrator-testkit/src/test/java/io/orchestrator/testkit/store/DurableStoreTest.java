package io.orchestrator.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.store.DurableStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.core.store.StoreFileException;
import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there after the store was closed, cut off or damaged. Sinks run at once, on the thread of the writer. */
class DurableStoreTest {
    private static final StoreKey EVERYTHING = new StoreKey("/");
    private static final int HISTORY = 64;

    @TempDir
    private Path directory;

    @Test
    void whatWasWrittenIsThereAfterARestartWithItsRevisions() {
        Map<StoreKey, String> before;
        long revision;
        try (DurableStore store = open()) {
            write(store, "a", "one");
            write(store, "b", "two");
            write(store, "a", "three");
            store.delete(key("b"), Expect.anything());
            before = contents(store);
            revision = store.revision();
        }
        try (DurableStore store = open()) {
            assertThat(contents(store)).isEqualTo(before).hasSize(1);
            assertThat(store.revision()).isEqualTo(revision);
            assertThat(write(store, "c", "four")).isEqualTo(revision + 1);
        }
    }

    @Test
    void aWatchGoesOnWhereItWasBeforeTheRestart() {
        long seen;
        try (DurableStore store = open()) {
            seen = write(store, "a", "one");
            write(store, "a", "two");
            store.delete(key("a"), Expect.anything());
        }
        try (DurableStore store = open()) {
            RecordingSink sink = new RecordingSink(seen, Duration.ofSeconds(5));
            store.watch(EVERYTHING, seen, sink);
            write(store, "b", "three");
            List<Change> changes = sink.awaitChanges(3);
            assertThat(changes).extracting(Change::revision).containsExactly(seen + 1, seen + 2, seen + 3);
            assertThat(((Change.Removed) changes.get(1)).previous()).isNotNull();
            assertThat(store.list(EVERYTHING, ListQuery.all().atRevision(seen)).entries())
                    .hasSize(1);
        }
    }

    @Test
    void revisionsGoOnEvenWhenNothingIsLeftToShowThem() {
        long revision;
        try (DurableStore store = open()) {
            write(store, "a", "one");
            store.delete(key("a"), Expect.anything());
            revision = store.revision();
            store.compact(revision);
        }
        try (DurableStore store = open()) {
            assertThat(store.revision()).isEqualTo(revision);
            assertThat(contents(store)).isEmpty();
            assertThatThrownBy(() -> store.watch(EVERYTHING, 1, new RecordingSink(1, Duration.ZERO)))
                    .isInstanceOf(StoreException.Compacted.class);
        }
    }

    @Test
    void whatNoRevisionNeedsAnyMoreIsSweptFromTheDisk() {
        try (DurableStore store = open()) {
            for (int i = 0; i < 1_300; i++) {
                write(store, "k" + i % 10, "value " + i);
            }
            store.delete(key("k0"), Expect.anything());
        }
        // A sweep takes a thousand at a time; what the history needs stays.
        assertThat(recordsOnDisk()).isBetween(HISTORY, 400);
        try (DurableStore store = open()) {
            store.compact(store.revision());
            assertThat(contents(store)).hasSize(9);
        }
        assertThat(recordsOnDisk()).isEqualTo(9);
        try (DurableStore store = open()) {
            assertThat(contents(store)).hasSize(9);
            assertThat(store.revision()).isEqualTo(1_302);
        }
    }

    @Test
    void theHistoryIsAsLongAsItIsSaidToBeAfterARestartToo() {
        try (DurableStore store = open()) {
            for (int i = 0; i < HISTORY * 3; i++) {
                write(store, "k" + i % 5, "value " + i);
            }
        }
        try (DurableStore store = open()) {
            long head = store.revision();
            assertThat(store.list(EVERYTHING, ListQuery.all().atRevision(head - HISTORY))
                            .entries())
                    .hasSize(5);
            assertThatThrownBy(() -> store.list(EVERYTHING, ListQuery.all().atRevision(head - HISTORY - 1)))
                    .isInstanceOf(StoreException.Compacted.class);
        }
    }

    @Test
    void onlyOneStoreMayHaveTheDirectory() {
        try (DurableStore store = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreFileException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use");
            write(store, "a", "still works");
        }
        open().close();
    }

    @Test
    void aThreadThatWasInterruptedWritesAllTheSameAndStaysInterrupted() {
        try (DurableStore store = open()) {
            Thread.currentThread().interrupt();
            write(store, "a", "one");
            assertThat(Thread.interrupted()).isTrue();
            write(store, "a", "two");
        }
        try (DurableStore store = open()) {
            assertThat(contents(store))
                    .satisfies(all -> assertThat(all.values().toString()).contains("two"));
        }
    }

    @Test
    void aTornEndIsNoHarmToWhatWasAcknowledgedBefore() throws IOException {
        Map<StoreKey, String> before;
        try (DurableStore store = open()) {
            for (int i = 0; i < 20; i++) {
                write(store, "k" + i, "value " + i);
            }
            before = contents(store);
        }
        long whole = Files.size(journal());
        byte[] mark = Files.readAllBytes(directory.resolve("acknowledged"));
        try (DurableStore store = open()) {
            store.put(key("big"), StoreValue.of(new byte[200_000]), Expect.anything());
        }
        long grown = Files.size(journal());
        assertThat(grown).isGreaterThan(whole);
        byte[] full = Files.readAllBytes(journal());
        for (long cut = whole; cut < grown; cut += 8_192) {
            Files.write(journal(), full);
            Files.write(directory.resolve("acknowledged"), mark);
            cutTo(cut);
            try (DurableStore store = open()) {
                Map<StoreKey, String> now = contents(store);
                now.remove(key("big"));
                assertThat(now).as("cut to %d of %d", cut, grown).isEqualTo(before);
            }
        }
    }

    @Test
    void anEndThatWasAcknowledgedAndIsGoneIsSaidSo() throws IOException {
        long whole;
        try (DurableStore store = open()) {
            write(store, "a", "one");
        }
        whole = Files.size(journal());
        try (DurableStore store = open()) {
            store.put(key("big"), StoreValue.of(new byte[200_000]), Expect.anything());
        }
        cutTo(whole);
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFileException.class)
                .hasMessageContaining("journal.mv")
                .hasMessageContaining("was acknowledged");
    }

    @Test
    void aFlippedByteIsFoundOrWasOfNoAccountAndNothingIsOverwritten() throws IOException {
        Map<StoreKey, String> before;
        try (DurableStore store = open()) {
            for (int i = 0; i < 50; i++) {
                write(store, "k" + i, "value " + i + " " + "x".repeat(500));
            }
            before = contents(store);
        }
        byte[] whole = Files.readAllBytes(journal());
        Random random = new Random(7);
        int found = 0;
        for (int i = 0; i < 60; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(journal(), damaged);
            try (DurableStore store = open()) {
                assertThat(contents(store)).isEqualTo(before);
            } catch (StoreFileException e) {
                found++;
                assertThat(e).hasMessageContaining("journal.mv");
                assertThat(Files.readAllBytes(journal())).isEqualTo(damaged);
            }
        }
        assertThat(found).isPositive();
    }

    @Test
    void aFileThatIsNotOursIsNotTouched() throws IOException {
        byte[] letter = "Dear store, this is not a journal.".repeat(500).getBytes(StandardCharsets.UTF_8);
        Files.write(journal(), letter);
        assertThatThrownBy(this::open).isInstanceOf(StoreFileException.class).hasMessageContaining("journal.mv");
        assertThat(Files.readAllBytes(journal())).isEqualTo(letter);
    }

    @Test
    void aFileOfALaterFormatIsNotTouched() throws IOException {
        try (DurableStore store = open()) {
            write(store, "a", "one");
        }
        try (MVStore file = MVStore.open(journal().toString())) {
            file.openMap(
                            "about",
                            new MVMap.Builder<String, String>()
                                    .keyType(StringDataType.INSTANCE)
                                    .valueType(StringDataType.INSTANCE))
                    .put("format", "2");
        }
        byte[] before = Files.readAllBytes(journal());
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFileException.class)
                .hasMessageContaining("journal.mv has format 2");
        assertThat(Files.readAllBytes(journal())).isEqualTo(before);
    }

    private int recordsOnDisk() {
        MVStore file =
                new MVStore.Builder().fileName(journal().toString()).readOnly().open();
        try {
            return file.openMap(
                            "writes",
                            new MVMap.Builder<Long, byte[]>()
                                    .keyType(LongDataType.INSTANCE)
                                    .valueType(ByteArrayDataType.INSTANCE))
                    .size();
        } finally {
            file.closeImmediately();
        }
    }

    private DurableStore open() {
        return DurableStore.open(directory, Runnable::run, MemoryStoreOptions.keeping(HISTORY));
    }

    private Path journal() {
        return directory.resolve("journal.mv");
    }

    private void cutTo(long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(journal().toFile(), "rw")) {
            file.setLength(length);
        }
    }

    private static StoreKey key(String name) {
        return StoreKey.of("registry", "things", name);
    }

    private static long write(DurableStore store, String name, String value) {
        return store.put(key(name), StoreFixture.value(value), Expect.anything())
                .revision();
    }

    private static Map<StoreKey, String> contents(DurableStore store) {
        return StoreFixture.contents(store.list(EVERYTHING, ListQuery.all()));
    }
}
