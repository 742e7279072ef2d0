package io.orchestrator.core.store;

import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.spi.store.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link MemoryStore} whose writes lie on the disk before anybody sees them: an acknowledged write survives the end of the
 * process however it comes, and what was read never turns out not to have been. The directory belongs to one store at a time.
 *
 * <p><b>Writing.</b> A write first gets its place in the order, against what stands and what is about to stand. The first
 * writer that finds nobody at it then commits for all who wait, with one sync of the disk, and calls the next; so the more write at once, the
 * less each pays. No thread is started.
 *
 * <p><b>History.</b> The kept history is on the disk too: after a restart, watchers resume and lists at a revision are
 * answered as before it.
 *
 * <p><b>Failure.</b> When the disk refuses, for want of room for example, the writes that waited end in
 * {@link StoreException.Refused} where it is known that nothing was written, and in {@link StoreException.Unavailable}
 * otherwise. Reads and watches go on, and each later write tries anew: there is nothing to be repaired by hand. A disk that neither
 * syncs nor refuses holds all writers until it does one of them, against the rule of {@link Store} that no call blocks for ever.
 */
public final class DurableStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(DurableStore.class);
    /** The name of the journal in a store's directory. */
    static final String JOURNAL = "journal.mv";

    private static final int MOST_PER_COMMIT = 1_024;
    private static final int SWEEP_FROM = 1_024;

    private final Path directory;
    private final StoreLock lock;
    private final Journal journal;
    private final Acknowledged acknowledged;
    private final MemoryStore memory;

    /** Guards the order: the queue, the newest queued write of each key and the next revision. Held over no I/O. */
    private final ReentrantLock ordering = new ReentrantLock();

    private final Map<StoreKey, QueuedWrite> newest = new HashMap<>();
    private List<QueuedWrite> queue = new ArrayList<>();
    private long nextRevision;
    private boolean closed;

    /** Whether somebody commits, or was called to. */
    private boolean busy;

    /** Held by the one who commits. Guards the journal and what is to be swept from it. */
    private final ReentrantLock committing = new ReentrantLock();

    private final Garbage garbage = new Garbage();

    private DurableStore(
            Path directory, StoreLock lock, Journal journal, Acknowledged acknowledged, MemoryStore memory) {
        this.directory = directory;
        this.lock = lock;
        this.journal = journal;
        this.acknowledged = acknowledged;
        this.memory = memory;
    }

    /** As {@link #open(Path, Executor, MemoryStoreOptions)}, with the default options. */
    public static DurableStore open(Path directory, Executor executor) {
        return open(directory, executor, MemoryStoreOptions.defaults());
    }

    /**
     * Opens the store of a directory, which is made when it is not there.
     *
     * @param executor runs the sinks, as for a {@link MemoryStore}
     * @throws StoreFileException when another store has it open, or what lies there is damaged or not known; nothing has been
     *     changed then
     */
    public static DurableStore open(Path directory, Executor executor, MemoryStoreOptions options) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw StoreFileException.inaccessible(directory, e);
        }
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            StoreLock lock = StoreLock.take(directory.resolve("lock"));
            opened.add(lock);
            Journal journal = Journal.open(directory.resolve(JOURNAL));
            opened.add(journal);
            Acknowledged acknowledged = Acknowledged.open(directory.resolve("acknowledged"));
            opened.add(acknowledged);
            // Who commits holds its lock meanwhile, and may call no sink.
            MemoryStore memory = new MemoryStore(executor, options, false);
            DurableStore store = new DurableStore(directory, lock, journal, acknowledged, memory);
            store.load();
            opened.clear();
            return store;
        } finally {
            closeAll(opened);
        }
    }

    private void load() {
        try {
            long head = journal.head();
            long promised = acknowledged.revision();
            if (head < promised) {
                throw StoreFileException.damaged(
                        directory.resolve(JOURNAL),
                        "it ends at revision " + head + ", but revision " + promised + " was acknowledged",
                        null);
            }
        } catch (IOException e) {
            throw StoreFileException.inaccessible(directory, e);
        }
        if (journal.floor() > 0) {
            memory.begin(journal.floor());
        }
        Map<StoreKey, Long> standing = new HashMap<>();
        // A store that was never written to stands at the first revision, which no record has.
        journal.replay(journal.floor() == 0 ? History.FIRST_REVISION : 0, record -> {
            Long replaced = record.value() == null
                    ? standing.remove(record.key())
                    : standing.put(record.key(), record.revision());
            if (record.value() == null && replaced == null) {
                throw StoreFileException.damaged(
                        directory.resolve(JOURNAL),
                        "revision " + record.revision() + " removes " + record.key() + ", which is not there",
                        null);
            }
            garbage.add(record.revision(), record.value() == null, replaced == null ? 0 : replaced);
            remember(record);
        });
        nextRevision = memory.revision() + 1;
    }

    private void remember(JournalRecord record) {
        byte[] value = record.value();
        memory.replay(
                record.key(), value == null ? null : StoreValue.of(value), record.createRevision(), record.revision());
    }

    @Override
    public long revision() {
        return memory.revision();
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        return memory.get(key);
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        byte[] bytes = value.bytes();
        return write(key, expect, current -> QueuedWrite.put(key, value, bytes, nextRevision, current))
                .orElseThrow()
                .written();
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        Entry[] removed = new Entry[1];
        return write(key, expect, current -> {
                    removed[0] = current;
                    return current == null ? null : QueuedWrite.removal(nextRevision, current);
                })
                .map(write -> new Removal(removed[0], write.revision));
    }

    /** @param writer makes the write of what stands there, under the lock of the order; null for none */
    private Optional<QueuedWrite> write(
            StoreKey key, Expect expect, Function<@Nullable Entry, @Nullable QueuedWrite> writer) {
        while (true) {
            @Nullable QueuedWrite ahead;
            @Nullable QueuedWrite write = null;
            boolean first = false;
            ordering.lock();
            try {
                ensureOpen();
                ahead = newest.get(key);
                Entry current = standing(key);
                try {
                    Expectations.check(key, current, expect, this::standing);
                    write = writer.apply(current);
                    if (write == null && ahead == null) {
                        return Optional.empty();
                    }
                } catch (StoreException.Fenced e) {
                    ahead = newest.get(((Expect.WhileStands) expect).guard());
                    if (ahead == null) {
                        throw e;
                    }
                } catch (StoreException.Conflict e) {
                    if (ahead == null) {
                        throw e;
                    }
                }
                if (write != null) {
                    nextRevision++;
                    queue.add(write);
                    newest.put(key, write);
                    first = !busy;
                    busy = true;
                }
            } finally {
                ordering.unlock();
            }
            if (write != null) {
                if (first || write.awaitTurn()) {
                    commitForAll();
                }
                write.outcome();
                return Optional.of(write);
            }
            // Refused because of a write that may yet fail: it must lie on the disk before anybody is told of it.
            if (ahead != null) {
                ahead.awaitSettled();
            }
        }
    }

    /** Under the lock of the order: what stands or is about to. */
    private @Nullable Entry standing(StoreKey key) {
        QueuedWrite queued = newest.get(key);
        return queued != null ? queued.entry : memory.get(key).orElse(null);
    }

    /** Commits what waits, and then calls the next one to it: whoever was served must not have to serve. */
    private void commitForAll() {
        try {
            committing.lock();
            try {
                commit();
            } finally {
                committing.unlock();
            }
        } finally {
            ordering.lock();
            try {
                busy = !queue.isEmpty();
                if (busy) {
                    queue.get(0).callToCommit();
                }
            } finally {
                ordering.unlock();
            }
        }
    }

    /** Under the lock of committing. */
    private void commit() {
        List<QueuedWrite> batch = nextBatch();
        if (batch.isEmpty()) {
            return;
        }
        try {
            catchUp();
            persist(batch);
            publish(batch);
        } catch (StoreException e) {
            LOG.warn("{} takes no writes: {}", directory, e.getMessage());
            abandon(batch, e);
            return;
        } catch (RuntimeException | Error e) {
            // Nobody must be left waiting; what was written all the same, the next commit takes over.
            abandon(batch, new StoreException.Unavailable(directory + " failed", e));
            throw e;
        }
    }

    private List<QueuedWrite> nextBatch() {
        ordering.lock();
        try {
            if (queue.size() <= MOST_PER_COMMIT) {
                List<QueuedWrite> all = queue;
                queue = new ArrayList<>();
                return all;
            }
            List<QueuedWrite> first = queue.subList(0, MOST_PER_COMMIT);
            List<QueuedWrite> batch = List.copyOf(first);
            first.clear();
            return batch;
        } finally {
            ordering.unlock();
        }
    }

    /** After a failure: opens the journal again and takes over what turns out to have been written after all. */
    private void catchUp() {
        journal.reopen();
        if (journal.head() > memory.revision()) {
            journal.replay(memory.revision(), record -> {
                long replaced = memory.get(record.key()).map(Entry::revision).orElse(0L);
                garbage.add(record.revision(), record.value() == null, replaced);
                byte[] value = record.value();
                if (value == null) {
                    memory.delete(record.key(), Expect.anything());
                } else {
                    memory.put(record.key(), StoreValue.of(value), Expect.anything());
                }
            });
            throw new StoreException.Refused(
                    "what was written before a failure of " + directory + " has just come to light: try again", null);
        }
    }

    private void persist(List<QueuedWrite> batch) {
        List<JournalRecord> records = batch.stream().map(QueuedWrite::record).toList();
        long floor = memory.floor();
        List<Long> due = garbage.due(floor, SWEEP_FROM);
        try {
            journal.append(records, due, due.isEmpty() ? journal.floor() : floor);
            garbage.swept(due.size());
        } catch (StoreException.Unavailable e) {
            journal.reopen();
            if (journal.head() < records.get(0).revision()) {
                throw new StoreException.Refused(e.getMessage(), e);
            }
            // One commit holds both: what was due is gone as well.
            garbage.swept(due.size());
            LOG.info("{} has the writes all the same", directory);
        }
        try {
            acknowledged.note(batch.get(batch.size() - 1).revision);
            journal.tidy();
        } catch (IOException | StoreException.Unavailable e) {
            // What was to be written is; the mark may lag behind, and the space is won back another time.
            LOG.warn("{}: {}", directory, e.getMessage());
        }
    }

    private void publish(List<QueuedWrite> batch) {
        for (QueuedWrite write : batch) {
            Entry entry = write.entry;
            long revision = entry == null
                    ? memory.delete(write.key, Expect.anything()).orElseThrow().revision()
                    : memory.put(write.key, entry.value(), Expect.anything()).revision();
            if (revision != write.revision) {
                throw new IllegalStateException("revision " + revision + " instead of " + write.revision);
            }
            garbage.add(revision, entry == null, write.replaces);
        }
        ordering.lock();
        try {
            batch.forEach(write -> newest.remove(write.key, write));
        } finally {
            ordering.unlock();
        }
        batch.forEach(QueuedWrite::succeed);
    }

    /** All that queued up rests on writes that are not to be: it is refused with them. */
    private void abandon(List<QueuedWrite> batch, StoreException why) {
        List<QueuedWrite> behind;
        ordering.lock();
        try {
            behind = queue;
            queue = new ArrayList<>();
            newest.clear();
            nextRevision = memory.revision() + 1;
        } finally {
            ordering.unlock();
        }
        batch.forEach(write -> write.fail(why));
        behind.forEach(write -> write.fail(new StoreException.Refused(why.getMessage(), why)));
    }

    @Override
    public Listing list(StoreKey prefix, ListQuery query) {
        return memory.list(prefix, query);
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        return memory.watch(prefix, after, sink);
    }

    @Override
    public void compact(long revision) {
        committing.lock();
        try {
            memory.compact(revision);
            journal.reopen();
            List<Long> due = garbage.due(memory.floor(), 0);
            journal.append(List.of(), due, memory.floor());
            garbage.swept(due.size());
        } finally {
            committing.unlock();
        }
    }

    @Override
    public void close() {
        committing.lock();
        try {
            ordering.lock();
            try {
                if (closed) {
                    return;
                }
                closed = true;
            } finally {
                ordering.unlock();
            }
            commitAll();
            memory.close();
            closeAll(List.of(lock, journal, acknowledged));
        } finally {
            committing.unlock();
        }
    }

    /** Nothing more queues up. */
    private void commitAll() {
        while (true) {
            ordering.lock();
            try {
                if (queue.isEmpty()) {
                    return;
                }
            } finally {
                ordering.unlock();
            }
            commit();
        }
    }

    private void ensureOpen() {
        if (closed) {
            throw new StoreException.Closed();
        }
    }

    /** The last one first. */
    private static void closeAll(List<AutoCloseable> opened) {
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (Exception e) {
                LOG.warn("Could not be closed: {}", opened.get(i), e);
            }
        }
    }
}
