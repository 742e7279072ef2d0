package io.orchestrator.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.spi.store.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One fresh store per test, watched over: every sink's promises and the threads left behind are checked after each test. */
abstract class StoreFixture {
    static final StoreKey THINGS = new StoreKey("/registry/things/");
    static final StoreKey OTHERS = new StoreKey("/registry/others/");

    private final List<RecordingSink> sinks = new ArrayList<>();
    private Set<Thread> threadsBefore = Set.of();
    private ExecutorService workers = Executors.newCachedThreadPool();
    Store store = NoStore.INSTANCE;

    /** A store with nothing in it; nobody else writes to it, though its revisions may have holes. */
    protected abstract Store open() throws Exception;

    /** Called when the store of a test is closed, before its threads are counted. */
    protected void afterClose() throws Exception {}

    /** How long a test waits for what must come. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    @BeforeEach
    void openStore() throws Exception {
        threadsBefore = Thread.getAllStackTraces().keySet();
        workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "store-contract");
            thread.setDaemon(true);
            return thread;
        });
        store = open();
    }

    @AfterEach
    void closeAndCheckWhatIsLeft() throws Exception {
        store.close();
        workers.shutdownNow();
        assertThat(workers.awaitTermination(patience().toSeconds(), TimeUnit.SECONDS))
                .as("the test's own threads have ended")
                .isTrue();
        afterClose();
        for (RecordingSink sink : sinks) {
            assertThat(sink.violations()).as("broken promises of a watch").isEmpty();
        }
        for (Thread thread : newThreads()) {
            thread.join(patience().toMillis());
        }
        assertThat(newThreads()).as("threads left behind").isEmpty();
    }

    /** Threads that a library shares among all of the JVM and that end by themselves some time after the last use. */
    protected boolean isSharedByTheJvm(Thread thread) {
        return false;
    }

    private Set<Thread> newThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(threadsBefore);
        threads.removeIf(thread -> isOfTheJvm(thread) || isSharedByTheJvm(thread));
        return threads;
    }

    /** The JVM starts these of its own accord, and keeps them; one without a group has just ended. */
    private static boolean isOfTheJvm(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null
                || group.getName().equals("system")
                || group.getName().equals("InnocuousThreadGroup")
                || thread.getName().startsWith("ForkJoinPool.commonPool");
    }

    <T> Future<T> inBackground(Callable<T> work) {
        return workers.submit(work);
    }

    <T> T result(Future<T> work) throws Exception {
        return work.get(patience().toMillis() * 3, TimeUnit.MILLISECONDS);
    }

    RecordingSink sinkAfter(long revision) {
        return watched(new RecordingSink(revision, patience()));
    }

    <S extends RecordingSink> S watched(S sink) {
        sinks.add(sink);
        return sink;
    }

    Watching watch(StoreKey prefix, long after) {
        RecordingSink sink = sinkAfter(after);
        return new Watching(sink, store.watch(prefix, after, sink));
    }

    record Watching(RecordingSink sink, Subscription subscription) {}

    static StoreKey thing(String name) {
        return StoreKey.of("registry", "things", name);
    }

    static StoreKey other(String name) {
        return StoreKey.of("registry", "others", name);
    }

    static StoreValue value(String text) {
        return StoreValue.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Entry entry) {
        return new String(entry.value().bytes(), StandardCharsets.UTF_8);
    }

    Entry write(StoreKey key, String text) {
        return store.put(key, value(text), Expect.anything());
    }

    Map<StoreKey, String> contents(StoreKey prefix, long revision) {
        return contents(store.list(prefix, ListQuery.all().atRevision(revision)));
    }

    static Map<StoreKey, String> contents(Listing listing) {
        Map<StoreKey, String> contents = new TreeMap<>();
        listing.entries().forEach(e -> contents.put(e.key(), describe(e)));
        return contents;
    }

    /** What a reader makes of a list and the changes behind it, up to a revision. */
    static Map<StoreKey, String> replay(Listing listing, List<Change> changes, long upTo) {
        Map<StoreKey, String> contents = contents(listing);
        for (Change change : changes) {
            if (change.revision() > upTo) {
                break;
            }
            if (change instanceof Change.Put put) {
                contents.put(put.key(), describe(put.entry()));
            } else {
                assertThat(contents.remove(change.key()))
                        .as("what %s removed", change)
                        .isNotNull();
            }
        }
        return contents;
    }

    static String describe(Entry entry) {
        return text(entry) + " created " + entry.createRevision() + " written " + entry.revision();
    }
}
