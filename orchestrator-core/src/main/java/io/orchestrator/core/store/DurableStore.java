package io.orchestrator.core.store;

import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.SelfCheck;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.spi.store.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link MemoryStore} whose writes lie on the disk before anybody sees them: an acknowledged write survives the end of the
 * process however it comes, and what was read never turns out not to have been. The directory belongs to one store at a time.
 *
 * <p><b>Writing.</b> A write first gets its place in the order, against what stands and what is about to stand. The first
 * writer that finds nobody at it then has the executor commit for all who wait, with one sync of the disk, until nobody does; so the
 * more write at once, the less each pays. No thread is started but the executor's.
 *
 * <p><b>History.</b> The kept history is on the disk too: after a restart, watchers resume and lists at a revision are
 * answered as before it.
 *
 * <p><b>Failure.</b> When the disk refuses, for want of room for example, the writes that waited end in
 * {@link StoreException.Refused} where it is known that nothing was written, and in {@link StoreException.Unavailable}
 * otherwise. Reads and watches go on, and each later write tries anew: there is nothing to be repaired by hand.
 *
 * <p>A disk that neither writes nor refuses has ten seconds: then its writers end in {@link StoreException.Unavailable}, those whose
 * turn had not come without having written anything, and whoever comes meanwhile is sent away at once. {@link #fault} says so. When
 * the disk is back, what was under way is there, and writes are taken again.
 */
public final class DurableStore implements Store, SelfCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DurableStore.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StoreDirectory files;
    private final MemoryStore memory;
    private final JournaledWrites writes;

    private final Executor executor;
    private final Duration patience;
    private final CommitQueue queue;

    /** Held by the one who commits. Guards the files and the way to them. */
    private final ReentrantLock committing = new ReentrantLock();

    /** Nothing is committed any more: who comes back from the disk last closes the files. */
    private volatile boolean ended;

    private DurableStore(StoreDirectory files, MemoryStore memory, Executor executor, Duration patience) {
        this.files = files;
        this.memory = memory;
        this.writes = new JournaledWrites(files, memory);
        this.executor = executor;
        this.patience = patience;
        writes.load();
        this.queue = new CommitQueue(memory);
    }

    /** As {@link #open(Path, Executor, MemoryStoreOptions)}, with the default options. */
    public static DurableStore open(Path directory, Executor executor) {
        return open(directory, executor, MemoryStoreOptions.defaults());
    }

    /**
     * Opens the store of a directory, which is made when it is not there.
     *
     * @param executor runs the sinks, as for a {@link MemoryStore}, and the commits, for which it needs a thread besides those of
     *     the writers; one that runs what it is given at once has writers commit for themselves, and wait for as long as the disk
     *     does
     * @throws StoreFileException when another store has it open, or what lies there is damaged or not known; nothing has been
     *     changed then
     */
    public static DurableStore open(Path directory, Executor executor, MemoryStoreOptions options) {
        return open(directory, executor, options, PATIENCE, "");
    }

    /**
     * The same.
     *
     * @param patience how long the disk may take for a write
     * @param fileSystem the scheme of H2's under which the journal is opened; empty for the machine's own
     */
    static DurableStore open(
            Path directory, Executor executor, MemoryStoreOptions options, Duration patience, String fileSystem) {
        StoreDirectory files = StoreDirectory.open(directory, fileSystem);
        boolean whole = false;
        try {
            // Who commits holds its lock meanwhile, and may call no sink.
            DurableStore store = new DurableStore(files, new MemoryStore(executor, options, false), executor, patience);
            whole = true;
            return store;
        } finally {
            if (!whole) {
                files.close();
            }
        }
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
        return write(key, expect, (revision, current) -> QueuedWrite.put(key, value, bytes, revision, current))
                .orElseThrow()
                .written();
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        Entry[] removed = new Entry[1];
        return write(key, expect, (revision, current) -> {
                    removed[0] = current;
                    return current == null ? null : QueuedWrite.removal(revision, current);
                })
                .map(write -> new Removal(removed[0], write.revision));
    }

    private Optional<QueuedWrite> write(StoreKey key, Expect expect, CommitQueue.Writer writer) {
        while (true) {
            CommitQueue.Place place = queue.take(key, expect, writer);
            QueuedWrite write = place.write();
            if (write != null) {
                await(write, place.first());
                return Optional.of(write);
            }
            QueuedWrite ahead = place.ahead();
            if (ahead == null) {
                return Optional.empty();
            }
            // Refused because of a write that may yet fail: it must lie on the disk before anybody is told of it.
            if (!ahead.awaitSettled(patience.toNanos())) {
                queue.stall(ahead, silence());
                throw StoreException.Unavailable.unwritten(silence(), null);
            }
        }
    }

    /** @throws StoreException as the commit ends, or does not end in time */
    private void await(QueuedWrite write, boolean first) {
        @Nullable Turn turn = first ? beginCommit() : null;
        try {
            long left = write.awaitTurn(patience.toNanos());
            while (left > 0 && !write.isSettled()) {
                if (queue.claim(write)) {
                    turn = beginCommit();
                }
                left = write.awaitTurn(left);
            }
            if (!write.isSettled()) {
                queue.stall(write, silence()).ifPresent(unknown -> {
                    throw unknown;
                });
            }
            write.outcome();
        } finally {
            if (turn != null && turn.begin()) {
                queue.forgo();
            }
        }
    }

    private String silence() {
        return files.path() + " was not written: its disk has not answered for " + patience.toMillis() + " ms";
    }

    @Override
    public Optional<String> fault() {
        return queue.stalled();
    }

    private Turn beginCommit() {
        Turn turn = new Turn();
        try {
            executor.execute(turn);
        } catch (RuntimeException | Error e) {
            // Nobody else is to do it: it has no threads, or is shut down. What the commit itself throws is another
            // matter.
            if (!turn.begin()) {
                throw e;
            }
            commitForAll(true);
        }
        return turn;
    }

    /** A writer's turn to have all who wait committed: the executor's to begin, or to be handed on when its writer goes away. */
    private final class Turn implements Runnable {
        private final Thread writer = Thread.currentThread();
        private final AtomicBoolean begun = new AtomicBoolean();

        /** Whether nobody has yet. */
        boolean begin() {
            return begun.compareAndSet(false, true);
        }

        @Override
        public void run() {
            if (begin()) {
                commitForAll(Thread.currentThread() == writer);
            }
        }
    }

    /** @param once calls the next one to it then: a writer that was served must not have to serve for ever */
    private void commitForAll(boolean once) {
        boolean more = true;
        while (more) {
            boolean whole = false;
            committing.lock();
            try {
                commit();
                whole = true;
            } finally {
                more = queue.release(whole && !once);
                leave();
            }
        }
    }

    /** Gives up the lock of committing. After the end, whoever does so closes the files, also if it ended in this moment. */
    private void leave() {
        boolean over;
        do {
            over = ended;
            if (over) {
                files.close();
            }
            committing.unlock();
        } while (ended && !over && committing.tryLock());
    }

    /** Under the lock of committing. */
    private void commit() {
        try {
            List<QueuedWrite> batch = queue.next();
            if (batch.isEmpty()) {
                return;
            }
            writes.write(batch);
            queue.settled();
        } catch (StoreException e) {
            LOG.warn("{} takes no writes: {}", files.path(), e.getMessage());
            queue.abandon(e);
        } catch (RuntimeException | Error e) {
            // Nobody must be left waiting; what was written all the same, the next commit takes over.
            queue.abandon(new StoreException.Unavailable(files.path() + " failed", e));
            throw e;
        }
    }

    @Override
    public Listing list(StoreKey prefix, ListQuery query) {
        return memory.list(prefix, query);
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        return memory.watch(prefix, after, sink);
    }

    /** Waits for the disk as a write does. */
    @Override
    public void compact(long revision) {
        FutureTask<Void> compaction = new FutureTask<>(() -> compactNow(revision), null);
        try {
            executor.execute(compaction);
            compaction.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreException refusal
                    ? refusal
                    : new StoreException.Unavailable(files.path() + " failed", e.getCause());
        } catch (TimeoutException e) {
            throw new StoreException.Unavailable(silence(), e);
        } catch (RejectedExecutionException e) {
            throw new StoreException.Unavailable(files.path() + " has nobody to compact it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while " + files.path() + " was compacted", e);
        }
    }

    private void compactNow(long revision) {
        committing.lock();
        try {
            writes.compact(revision);
        } finally {
            leave();
        }
    }

    /** Waits for the disk as a write does; where it does not answer, the files are closed when it has. */
    @Override
    public void close() {
        if (!queue.close()) {
            return;
        }
        // Those that wait have somebody who commits for them; the closer, whom the disk must not hold, is not the one.
        boolean mine = tryCommitting(queue.awaitIdle(patience.toNanos()));
        try {
            queue.dropWaiting();
            memory.close();
        } finally {
            ended = true;
            if (mine || committing.tryLock()) {
                leave();
            } else {
                LOG.warn("{} is left to its disk, which does not answer", files.path());
            }
        }
    }

    private boolean tryCommitting(long nanos) {
        boolean interrupted = Thread.interrupted();
        try {
            return committing.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return committing.tryLock();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
