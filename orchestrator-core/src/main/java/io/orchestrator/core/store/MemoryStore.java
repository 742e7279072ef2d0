package io.orchestrator.core.store;

import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.Immediate;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.spi.store.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A multi-version store in memory. An update costs one hash look-up and one swap in the key's {@link Slot}; only creations
 * and (forgotten) deletions touch the ordered index. Values are shared as they are and never asked for their bytes.
 *
 * <p>The newest {@link MemoryStoreOptions#historyLength()} writes are kept: lists and watches reach back so far. What a
 * key held before that is let go as soon as a newer version stands.
 *
 * <p>Writers take turns under one lock, held for some dozens of nanoseconds and over no foreign call. {@code get},
 * {@code revision} and {@code list} take no lock. Sinks run on the executor given, brief ones on the thread of the writer who woke
 * them: to wake another thread costs ten times what they do.
 */
public final class MemoryStore implements Store, Immediate {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryStore.class);
    private static final int LOCK_FREE_LISTS = 3;

    private final MemoryStoreOptions options;
    private final Executor executor;
    private final boolean telling;
    private final ConcurrentHashMap<StoreKey, Slot> slots = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<StoreKey, Slot> index = new ConcurrentSkipListMap<>();
    private final History history;

    /** Guards every change of the slots, the index, the history and the list of subscriptions. */
    private final ReentrantLock writing = new ReentrantLock();

    private final List<MemorySubscription> subscriptions = new ArrayList<>();
    private volatile boolean closed;

    public MemoryStore(Executor executor) {
        this(executor, MemoryStoreOptions.defaults());
    }

    /** @param executor runs the sinks; its tasks are short unless a sink is slow; any number of threads will do */
    public MemoryStore(Executor executor, MemoryStoreOptions options) {
        this(executor, options, true);
    }

    /** @param telling whether writers themselves call brief sinks, which they may not where they hold a lock of their own */
    MemoryStore(Executor executor, MemoryStoreOptions options, boolean telling) {
        this.executor = executor;
        this.options = options;
        this.telling = telling;
        this.history = new History(options.historyLength(), this::forgotten);
    }

    /**
     * Before anybody uses the store: it goes on where another one ended. Then come what that one held at the floor and each
     * write since, by {@link #replay} in the order of their revisions.
     *
     * @param floor the revision before which nothing is known
     */
    void begin(long floor) {
        history.begin(floor);
    }

    /**
     * One write of a former life.
     *
     * @param value null when it removed the key
     */
    void replay(StoreKey key, @Nullable StoreValue value, long createRevision, long revision) {
        Slot slot = slots.computeIfAbsent(key, Slot::new);
        index.putIfAbsent(key, slot);
        Version newest = slot.newest;
        Version version = value != null
                ? Version.put(slot, new Entry(key, value, createRevision, revision), newest)
                : Version.removed(slot, revision, Objects.requireNonNull(newest, "what was removed"));
        slot.newest = version;
        if (revision > history.floor()) {
            history.append(version);
            history.publish(revision);
        }
    }

    @Override
    public long revision() {
        ensureOpen();
        return history.head();
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        ensureOpen();
        Slot slot = slots.get(key);
        Version newest = slot == null ? null : slot.newest;
        if (newest == null) {
            return Optional.empty();
        }
        if (newest.revision > history.head()) {
            awaitPublication();
        }
        return Optional.ofNullable(newest.entry);
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        Entry written;
        @Nullable List<MemorySubscription> woken;
        writing.lock();
        try {
            ensureOpen();
            Slot slot = slots.get(key);
            Version newest = slot == null ? null : slot.newest;
            Entry current = newest == null ? null : newest.entry;
            Expectations.check(key, current, expect, this::standing);
            long revision = history.head() + 1;
            written = new Entry(key, value, current == null ? revision : current.createRevision(), revision);
            if (slot == null) {
                slot = new Slot(key);
                index.put(key, slot);
                slots.put(key, slot);
            }
            woken = commit(Version.put(slot, written, newest));
        } finally {
            writing.unlock();
        }
        startAll(woken, telling);
        return written;
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        Removal removal;
        @Nullable List<MemorySubscription> woken;
        writing.lock();
        try {
            ensureOpen();
            Slot slot = slots.get(key);
            Version newest = slot == null ? null : slot.newest;
            Entry current = newest == null ? null : newest.entry;
            Expectations.check(key, current, expect, this::standing);
            if (slot == null || newest == null || current == null) {
                return Optional.empty();
            }
            long revision = history.head() + 1;
            woken = commit(Version.removed(slot, revision, newest));
            removal = new Removal(current, revision);
        } finally {
            writing.unlock();
        }
        startAll(woken, telling);
        return Optional.of(removal);
    }

    @Override
    public Listing list(StoreKey prefix, ListQuery query) {
        for (int attempt = 0; attempt < LOCK_FREE_LISTS; attempt++) {
            ensureOpen();
            long revision = listable(query);
            Listing listing = Page.of(index, prefix, revision, query);
            if (history.floor() <= revision) {
                return listing;
            }
            // The history passed over the revision meanwhile: with a revision asked for, the next round refuses it.
        }
        writing.lock();
        try {
            return Page.of(index, prefix, listable(query), query);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        MemorySubscription subscription;
        boolean behind;
        writing.lock();
        try {
            ensureOpen();
            if (after < history.floor()) {
                throw new StoreException.Compacted(after, history.floor());
            }
            behind = after < history.head();
            subscription = new MemorySubscription(this, history, executor, prefix, after, sink, !behind);
            subscriptions.add(subscription);
        } finally {
            writing.unlock();
        }
        if (behind) {
            subscription.start();
        }
        return subscription;
    }

    @Override
    public void compact(long revision) {
        writing.lock();
        try {
            ensureOpen();
            history.compact(revision);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        List<MemorySubscription> asleep = new ArrayList<>();
        writing.lock();
        try {
            closed = true;
            for (MemorySubscription subscription : subscriptions) {
                if (subscription.end(new StoreException.Closed())) {
                    asleep.add(subscription);
                }
            }
            subscriptions.clear();
        } finally {
            writing.unlock();
        }
        startAll(asleep, false);
    }

    /** Puts the subscription to sleep, unless something came in between. */
    boolean rest(MemorySubscription subscription) {
        writing.lock();
        try {
            return subscription.rest();
        } finally {
            writing.unlock();
        }
    }

    /** The newest revision, where the subscription has nothing to deliver up to it; else 0. */
    long delivered(MemorySubscription subscription) {
        writing.lock();
        try {
            return subscription.isCaughtUp() ? history.head() : 0;
        } finally {
            writing.unlock();
        }
    }

    void forget(MemorySubscription subscription) {
        writing.lock();
        try {
            subscriptions.remove(subscription);
        } finally {
            writing.unlock();
        }
    }

    /** Under the write lock. Returns who must be started once it is released. */
    private @Nullable List<MemorySubscription> commit(Version version) {
        // The slot first: a removal that the history pushes out for this very write then keeps its slot.
        version.slot.newest = version;
        history.append(version);
        history.publish(version.revision);
        List<MemorySubscription> woken = null;
        for (MemorySubscription subscription : subscriptions) {
            if (subscription.wake(version, options.progressEvery())) {
                woken = woken == null ? new ArrayList<>(subscriptions.size()) : woken;
                woken.add(subscription);
            }
        }
        return woken;
    }

    /**
     * Starts each, whatever becomes of those before it: nobody would ever wake the others again. What is written stands, so its
     * writer hears nothing of a watcher's failure, which has ended that one's watch.
     */
    private static void startAll(@Nullable List<MemorySubscription> woken, boolean byWriter) {
        if (woken == null) {
            return;
        }
        Throwable failure = null;
        for (MemorySubscription subscription : woken) {
            try {
                subscription.startBy(byWriter);
            } catch (RuntimeException | Error e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            LOG.error("Watchers could not be told of a write and are closed; the first because of this", failure);
        }
    }

    /** A removal that no kept revision needs any more gives its slot back; all other slots stay. */
    private void forgotten(Version version) {
        Slot slot = version.slot;
        if (version.entry == null && slot.newest == version) {
            slots.remove(slot.key, slot);
            index.remove(slot.key, slot);
        }
    }

    /** The revision before which nothing is known. */
    long floor() {
        return history.floor();
    }

    private long listable(ListQuery query) {
        long head = history.head();
        if (query.revision() == 0) {
            return head;
        }
        if (query.revision() > head) {
            throw new StoreException.FutureRevision(query.revision(), head);
        }
        long floor = history.floor();
        if (query.revision() < floor) {
            throw new StoreException.Compacted(query.revision(), floor);
        }
        return query.revision();
    }

    /** A reader that saw a version before its revision was published waits for the writer, who is about to be done. */
    private long awaitPublication() {
        writing.lock();
        try {
            return history.head();
        } finally {
            writing.unlock();
        }
    }

    /** Under the write lock. */
    private @Nullable Entry standing(StoreKey key) {
        Slot slot = slots.get(key);
        Version newest = slot == null ? null : slot.newest;
        return newest == null ? null : newest.entry;
    }

    private void ensureOpen() {
        if (closed) {
            throw new StoreException.Closed();
        }
    }
}
