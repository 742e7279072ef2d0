package io.orchestrator.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.store.DurableStore;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.StoreCopies;
import io.orchestrator.core.store.StoreFileException;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks run at once, on the thread of the writer. */
class StoreCopiesTest {
    private static final StoreKey THINGS = StoreFixture.THINGS;
    private static final int MORE_THAN_TWO_PAGES = 1_100;

    @TempDir
    private Path folder;

    @Test
    void aSnapshotIsAStoreWithTheSameRevisionsAndNoPast() {
        Map<StoreKey, String> before;
        long revision;
        try (Store store = filled()) {
            before = contents(store);
            revision = StoreCopies.snapshot(store, folder.resolve("snapshot"));
            assertThat(revision).isEqualTo(store.revision());
            store.delete(StoreFixture.thing("k7"), Expect.anything());
        }
        try (Store snapshot = open("snapshot")) {
            assertThat(contents(snapshot)).isEqualTo(before).hasSize(MORE_THAN_TWO_PAGES - 1);
            assertThat(snapshot.revision()).isEqualTo(revision);
            assertThatThrownBy(() -> snapshot.list(THINGS, ListQuery.all().atRevision(revision - 1)))
                    .isInstanceOf(StoreException.Compacted.class);
            RecordingSink sink = new RecordingSink(revision, Duration.ofSeconds(5));
            snapshot.watch(THINGS, revision, sink);
            snapshot.put(StoreFixture.thing("new"), StoreFixture.value("new"), Expect.absent());
            assertThat(sink.awaitChanges(1).get(0).revision()).isEqualTo(revision + 1);
        }
    }

    @Test
    void aSnapshotIsRestoredAsOftenAsOneLikes() {
        Map<StoreKey, String> before;
        try (Store store = filled()) {
            before = contents(store);
            StoreCopies.snapshot(store, folder.resolve("snapshot"));
        }
        for (String name : new String[] {"first", "second"}) {
            StoreCopies.restore(folder.resolve("snapshot"), folder.resolve(name));
            try (Store restored = open(name)) {
                assertThat(contents(restored)).isEqualTo(before);
                restored.put(StoreFixture.thing("only-here"), StoreFixture.value(name), Expect.absent());
            }
        }
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("taken")).resolve("letter"), "mine");
        try (Store store = filled()) {
            assertThatThrownBy(() -> StoreCopies.snapshot(store, folder.resolve("taken")))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("taken");
        }
        assertThat(folder.resolve("taken").resolve("letter")).hasContent("mine");
        assertThatThrownBy(() -> StoreCopies.restore(folder.resolve("taken"), folder.resolve("elsewhere")))
                .isInstanceOf(StoreFileException.class)
                .hasMessageContaining("no snapshot");
    }

    @Test
    void aStoreMovesToOneOfAnotherKindWhichMustBeEmpty() {
        try (Store from = filled();
                Store to = open("durable")) {
            assertThat(StoreCopies.migrate(from, to)).isEqualTo(MORE_THAN_TWO_PAGES - 1);
            assertThat(to.list(THINGS, ListQuery.all()).entries())
                    .extracting(entry -> entry.key() + "=" + StoreFixture.text(entry))
                    .containsExactlyElementsOf(from.list(THINGS, ListQuery.all()).entries().stream()
                            .map(entry -> entry.key() + "=" + StoreFixture.text(entry))
                            .toList());
            assertThatThrownBy(() -> StoreCopies.migrate(from, to))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("/registry/");
        }
    }

    private static Store filled() {
        Store store = new MemoryStore(Runnable::run);
        for (int i = 0; i < MORE_THAN_TWO_PAGES; i++) {
            store.put(StoreFixture.thing("k" + i), StoreFixture.value("value " + i), Expect.absent());
        }
        store.put(StoreFixture.thing("k3"), StoreFixture.value("another"), Expect.anything());
        store.delete(StoreFixture.thing("k4"), Expect.anything());
        return store;
    }

    private Store open(String name) {
        return DurableStore.open(folder.resolve(name), Runnable::run);
    }

    private static Map<StoreKey, String> contents(Store store) {
        return StoreFixture.contents(store.list(THINGS, ListQuery.all()));
    }
}
