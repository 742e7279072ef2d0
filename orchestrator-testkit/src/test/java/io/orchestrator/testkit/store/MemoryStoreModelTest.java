package io.orchestrator.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random operations against {@link ModelStore}, on one thread; a failure names its seed and replays with it. */
class MemoryStoreModelTest {
    private static final int SEEDS = 100;
    private static final int STEPS = 200;

    @Test
    void anyOperationsInAnyOrderDoWhatTheModelDoes() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed);
            try {
                for (int step = 0; step < STEPS; step++) {
                    run.step();
                }
                run.finish();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static final class Run {
        private final Random random;
        private final int history;
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private final List<Watcher> watchers = new ArrayList<>();
        private final ModelStore model = new ModelStore();
        private final MemoryStore store;
        private long compacted;

        Run(long seed) {
            random = new Random(seed);
            history = 1 + random.nextInt(60);
            store = new MemoryStore(tasks::add, MemoryStoreOptions.keeping(history));
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> put();
                case 4, 5 -> delete();
                case 6, 7 -> list();
                case 8 -> watch();
                case 9 -> compact();
                default -> {
                    if (!tasks.isEmpty()) {
                        tasks.remove().run();
                    }
                }
            }
            assertThat(store.revision()).isEqualTo(model.revision());
        }

        private void put() {
            StoreKey key = key();
            Expect expect = expect(key);
            StoreValue value = StoreValue.of(new byte[] {(byte) random.nextInt()});
            if (model.holds(key, expect)) {
                assertThat(store.put(key, value, expect)).isEqualTo(model.put(key, value));
            } else {
                assertRefused(key, expect, () -> store.put(key, value, expect));
            }
        }

        private void delete() {
            StoreKey key = key();
            Expect expect = expect(key);
            Entry current = model.current(key);
            if (!model.holds(key, expect)) {
                assertRefused(key, expect, () -> store.delete(key, expect));
            } else if (current == null) {
                assertThat(store.delete(key, expect)).isEmpty();
            } else {
                model.delete(key);
                assertThat(store.delete(key, expect)).get().satisfies(removal -> {
                    assertThat(removal.previous()).isEqualTo(current);
                    assertThat(removal.revision()).isEqualTo(model.revision());
                });
            }
        }

        private void assertRefused(StoreKey key, Expect expect, Runnable write) {
            if (!model.stands(expect)) {
                assertThat(catchThrowableOfType(StoreException.Fenced.class, write::run))
                        .isNotNull();
                return;
            }
            StoreException.Conflict conflict = catchThrowableOfType(StoreException.Conflict.class, write::run);
            assertThat(conflict).isNotNull();
            assertThat(conflict.current()).isEqualTo(model.current(key));
        }

        private void list() {
            StoreKey prefix = prefix();
            StoreKey after = random.nextBoolean() ? null : key();
            long revision = random.nextInt((int) model.revision() + 2);
            int limit = random.nextInt(4);
            ListQuery query = new ListQuery(revision, limit, after);
            if (revision > model.revision()) {
                assertThat(catchThrowableOfType(StoreException.FutureRevision.class, () -> store.list(prefix, query)))
                        .isNotNull();
            } else if (revision != 0 && revision < floor()) {
                assertThat(catchThrowableOfType(StoreException.Compacted.class, () -> store.list(prefix, query)))
                        .isNotNull();
            } else {
                long at = revision == 0 ? model.revision() : revision;
                List<Entry> all = model.at(at).values().stream()
                        .filter(e -> e.key().startsWith(prefix))
                        .filter(e -> after == null || e.key().compareTo(after) > 0)
                        .toList();
                List<Entry> page = limit == 0 ? all : all.subList(0, Math.min(limit, all.size()));
                assertThat(store.list(prefix, query))
                        .isEqualTo(new Listing(at, page, page.size() < all.size(), all.size() - page.size()));
            }
        }

        private void watch() {
            StoreKey prefix = prefix();
            long after = Math.max(1, random.nextInt((int) model.revision() + 5));
            if (after < floor()) {
                assertThat(catchThrowableOfType(
                                StoreException.Compacted.class,
                                () -> store.watch(prefix, after, new Watcher(prefix, after))))
                        .isNotNull();
            } else {
                Watcher watcher = new Watcher(prefix, after);
                watchers.add(watcher);
                store.watch(prefix, after, watcher);
            }
        }

        private void compact() {
            long revision = random.nextInt((int) model.revision() + 1);
            store.compact(revision);
            compacted = Math.max(compacted, revision);
        }

        private long floor() {
            return Math.max(compacted, model.revision() - history);
        }

        void finish() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
            for (Watcher watcher : watchers) {
                List<String> expected = watcher.after > model.revision()
                        ? List.of()
                        : model.logAfter(watcher.after).stream()
                                .filter(line -> line.contains(watcher.prefix.path()))
                                .toList();
                if (watcher.end == null) {
                    assertThat(watcher.log).isEqualTo(expected);
                } else {
                    assertThat(watcher.end).isInstanceOf(StoreException.Compacted.class);
                    assertThat(watcher.log).isEqualTo(expected.subList(0, watcher.log.size()));
                }
            }
        }

        private StoreKey key() {
            return new StoreKey((random.nextBoolean() ? "/a/" : "/b/") + random.nextInt(5));
        }

        private StoreKey prefix() {
            return new StoreKey(List.of("/", "/a/", "/b/").get(random.nextInt(3)));
        }

        private Expect expect(StoreKey key) {
            Expect plain = plainExpect(key);
            if (random.nextInt(3) > 0) {
                return plain;
            }
            StoreKey guard = key();
            Entry standing = model.current(guard);
            boolean stands = standing != null && random.nextInt(4) > 0;
            return plain.whileStands(
                    guard, stands ? standing.createRevision() : 1 + random.nextInt((int) model.revision()));
        }

        private Expect plainExpect(StoreKey key) {
            Entry current = model.current(key);
            return switch (random.nextInt(4)) {
                case 0 -> Expect.absent();
                case 1 -> Expect.atRevision(current == null ? model.revision() : current.revision());
                case 2 -> Expect.atRevision(1 + random.nextInt((int) model.revision()));
                default -> Expect.anything();
            };
        }
    }

    private static final class Watcher implements ChangeSink {
        private final StoreKey prefix;
        private final long after;
        private final List<String> log = new ArrayList<>();
        private @Nullable StoreException end;

        Watcher(StoreKey prefix, long after) {
            this.prefix = prefix;
            this.after = after;
        }

        @Override
        public void changes(long revision, List<Change> changes) {
            Change change = changes.get(0);
            log.add(
                    change instanceof Change.Put put
                            ? "put " + put.entry()
                            : "removed " + change.key() + " at " + revision + " was "
                                    + ((Change.Removed) change).previous());
        }

        @Override
        public void closed(StoreException cause) {
            end = cause;
        }
    }
}
