package io.orchestrator.core.store;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How writes get to the journal of a {@link DurableStore} and then, in the same order, into the index in memory; and how the
 * index is made of the journal again. Not thread-safe: one batch at a time.
 */
final class JournaledWrites {
    private static final Logger LOG = LoggerFactory.getLogger(JournaledWrites.class);
    private static final int SWEEP_FROM = 1_024;

    private final StoreDirectory files;
    private final Journal journal;
    private final MemoryStore memory;
    private final Garbage garbage = new Garbage();

    /** @param memory to hold what the journal does, once that is {@link #load loaded} */
    JournaledWrites(StoreDirectory files, MemoryStore memory) {
        this.files = files;
        this.journal = files.journal();
        this.memory = memory;
    }

    /** Before anybody uses the index. @throws StoreFileException when what lies there cannot be */
    void load() {
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
                throw files.damaged(
                        "revision " + record.revision() + " removes " + record.key() + ", which is not there");
            }
            garbage.add(record.revision(), record.value() == null, replaced == null ? 0 : replaced);
            remember(record);
        });
    }

    private void remember(JournalRecord record) {
        byte[] value = record.value();
        memory.replay(
                record.key(), value == null ? null : StoreValue.of(value), record.createRevision(), record.revision());
    }

    /**
     * Returns when all of it lies on the disk and is seen.
     *
     * @throws StoreException when none of it does, or nobody knows, as the exception says
     */
    void write(List<QueuedWrite> batch) {
        catchUp();
        persist(batch);
        publish(batch);
    }

    /** After a failure: opens the journal again and takes over what turns out to have been written after all. */
    private void catchUp() {
        try {
            journal.reopen();
        } catch (StoreException.Unavailable e) {
            throw StoreException.Unavailable.unwritten(e.getMessage(), e);
        }
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
            throw StoreException.Unavailable.unwritten(
                    "what was written before a failure of " + files.path() + " has just come to light: try again",
                    null);
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
            LOG.info("{} has the writes all the same", files.path());
        }
        try {
            files.acknowledged().note(batch.get(batch.size() - 1).revision);
            journal.tidy();
        } catch (IOException | StoreException.Unavailable e) {
            // What was to be written is; the mark may lag behind, and the space is won back another time.
            LOG.warn("{}: {}", files.path(), e.getMessage());
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
    }

    /** Forgets the history before a revision, in the index and on the disk. */
    void compact(long revision) {
        memory.compact(revision);
        journal.reopen();
        List<Long> due = garbage.due(memory.floor(), 0);
        journal.append(List.of(), due, memory.floor());
        garbage.swept(due.size());
    }
}
