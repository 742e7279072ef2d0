package io.orchestrator.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writers, listers and watchers at full speed: what any watcher replays is what a list shows at the same revision. */
class MemoryStoreConcurrencyTest {
    private static final StoreKey ALL = new StoreKey("/k/");
    private static final int WRITES = 10_000;
    private final SystemEnvironment environment = new SystemEnvironment("concurrency-test");

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void everyReplayEqualsEveryListAtTheSameRevision() {
        try (MemoryStore store =
                new MemoryStore(environment.environment().executor(), MemoryStoreOptions.keeping(4 * WRITES))) {
            List<RecordingSink> sinks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                RecordingSink sink = new RecordingSink(1, Duration.ofSeconds(60));
                store.watch(ALL, 1, sink);
                sinks.add(sink);
            }
            List<Listing> listings = listWhile(store, writers(store, 3));
            listings.add(store.list(ALL, ListQuery.all()));
            for (RecordingSink sink : sinks) {
                List<Change> changes = sink.awaitRevision(store.revision());
                assertThat(sink.violations()).isEmpty();
                assertThat(changes).hasSize((int) store.revision() - 1);
                assertReplays(changes, listings);
            }
            for (Listing listing : listings) {
                assertThat(store.list(ALL, ListQuery.all().atRevision(listing.revision())))
                        .isEqualTo(listing);
            }
        }
    }

    @Test
    void aListOfTheNewestStateSucceedsHoweverFastAShortHistoryRunsAway() {
        try (MemoryStore store = new MemoryStore(environment.environment().executor(), MemoryStoreOptions.keeping(2))) {
            for (int i = 0; i < 50; i++) {
                store.put(new StoreKey("/stable/" + i), StoreValue.of(new byte[0]), Expect.absent());
            }
            List<CompletableFuture<Void>> writers = writers(store, 2);
            while (!writers.stream().allMatch(CompletableFuture::isDone)) {
                assertThat(store.list(new StoreKey("/stable/"), ListQuery.all()).entries())
                        .hasSize(50);
            }
            writers.forEach(CompletableFuture::join);
        }
    }

    @Test
    void aChangeThatComesJustAsTheWatcherGoesToSleepWakesIt() {
        try (MemoryStore store = new MemoryStore(environment.environment().executor())) {
            RecordingSink sink = new RecordingSink(1, Duration.ofSeconds(60));
            store.watch(ALL, 1, sink);
            for (int round = 0; round < 5_000; round++) {
                store.put(new StoreKey("/k/a"), value(round), Expect.anything());
                Thread.onSpinWait();
                sink.awaitRevision(store.put(new StoreKey("/k/b"), value(round), Expect.anything())
                        .revision());
            }
            assertThat(sink.violations()).isEmpty();
        }
    }

    @Test
    void aVersionThatWasReadIsNeverNewerThanTheRevisionAskedForBehindIt() {
        try (MemoryStore store = new MemoryStore(environment.environment().executor())) {
            StoreKey key = new StoreKey("/k/a");
            store.put(key, value(0), Expect.absent());
            CompletableFuture<Void> writer = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 500_000; i++) {
                            store.put(key, value(i), Expect.anything());
                        }
                    },
                    environment.environment().executor());
            while (!writer.isDone()) {
                long read = store.get(key).orElseThrow().revision();
                assertThat(store.revision() >= read).isTrue();
            }
            writer.join();
        }
    }

    private List<CompletableFuture<Void>> writers(MemoryStore store, int count) {
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int seed = 0; seed < count; seed++) {
            Random random = new Random(seed);
            writers.add(CompletableFuture.runAsync(
                    () -> write(store, random), environment.environment().executor()));
        }
        return writers;
    }

    private static void write(MemoryStore store, Random random) {
        for (int i = 0; i < WRITES; i++) {
            StoreKey key = new StoreKey("/k/" + random.nextInt(30));
            try {
                switch (random.nextInt(5)) {
                    case 0 -> store.delete(key, Expect.anything());
                    case 1 -> store.put(key, value(i), Expect.absent());
                    default -> store.put(key, value(i), Expect.anything());
                }
            } catch (StoreException.Conflict e) {
                assertThat(e.current()).isNotNull();
            }
        }
    }

    private static List<Listing> listWhile(MemoryStore store, List<CompletableFuture<Void>> writers) {
        List<Listing> listings = new ArrayList<>();
        while (!writers.stream().allMatch(CompletableFuture::isDone)) {
            Listing listing = store.list(ALL, ListQuery.all());
            if (listings.isEmpty() || listings.get(listings.size() - 1).revision() + 50 < listing.revision()) {
                listings.add(listing);
            }
        }
        writers.forEach(CompletableFuture::join);
        return listings;
    }

    private static void assertReplays(List<Change> changes, List<Listing> listings) {
        Map<StoreKey, String> state = new TreeMap<>();
        int next = 0;
        for (Listing listing : listings) {
            while (next < changes.size() && changes.get(next).revision() <= listing.revision()) {
                if (changes.get(next) instanceof Change.Put put) {
                    state.put(put.key(), StoreFixture.describe(put.entry()));
                } else {
                    assertThat(state.remove(changes.get(next).key())).isNotNull();
                }
                next++;
            }
            assertThat(state).isEqualTo(StoreFixture.contents(listing));
        }
        assertThat(next).isEqualTo(changes.size());
    }

    private static StoreValue value(int number) {
        return StoreValue.of(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    }
}
