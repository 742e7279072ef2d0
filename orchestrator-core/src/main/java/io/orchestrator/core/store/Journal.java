package io.orchestrator.core.store;

import io.orchestrator.spi.store.StoreException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The file of a {@link DurableStore}: the writes by their revision. All above the floor are there, without a hole; below it,
 * only what a key still holds. It lies in an H2 MVStore, whose commits are atomic and which finds the last whole one after a
 * crash; a checksum of our own on each record tells what became damaged later.
 *
 * <p>Not thread-safe: one batch at a time. A failed write leaves the journal shut, for {@link #reopen} to find out what of it
 * is there.
 */
final class Journal implements AutoCloseable {
    private static final String WRITES = "writes";
    private static final String ABOUT = "about";
    private static final String FORMAT = "format";
    private static final String FLOOR = "floor";
    private static final String FORMAT_1 = "1";
    private static final int CACHE_MEGABYTES = 4;

    /** After so much was written, space that holds nothing living any more is won back. */
    private static final long TIDY_EVERY_BYTES = 16L << 20;

    /** How long dead space is left as it is. As each commit is synced before the next, this could be nothing. */
    private static final int RETENTION_MILLIS = 2_000;

    private static final int TIDY_BYTES = 8 << 20;
    private static final int WANTED_FILL_PERCENT = 60;

    private final Path file;
    /** The scheme of H2's by which it is reached; empty for the machine's own. */
    private final String fileSystem;

    private @Nullable MVStore pages;
    private @Nullable MVMap<Long, byte[]> writes;
    private @Nullable MVMap<String, String> about;
    private long sinceTidied;

    private Journal(Path file, String fileSystem) {
        this.file = file;
        this.fileSystem = fileSystem;
    }

    /** @throws StoreFileException when the file is there and is not ours, not whole, or of another format */
    static Journal open(Path file) {
        return open(file, "");
    }

    /** The same. @param fileSystem the scheme of H2's by which the file is reached; empty for the machine's own */
    static Journal open(Path file, String fileSystem) {
        Journal journal = new Journal(file, fileSystem);
        try {
            journal.load();
        } catch (MVStoreException e) {
            throw e.getErrorCode() == DataUtils.ERROR_READING_FAILED
                    ? StoreFileException.inaccessible(file, e)
                    : StoreFileException.damaged(file, String.valueOf(e.getMessage()), e);
        }
        return journal;
    }

    /** The revision up to which the past may be forgotten; 0 when nothing ever was. */
    long floor() {
        String floor = about().get(FLOOR);
        return floor == null ? 0 : Long.parseLong(floor);
    }

    /** The newest revision that was written, 0 when none was. */
    long head() {
        Long last = writes().lastKey();
        return Math.max(floor(), last == null ? 0 : last);
    }

    /** Hands out the writes after a revision, in order. @throws StoreFileException at the first that is damaged or missing */
    void replay(long after, Consumer<JournalRecord> reader) {
        long floor = floor();
        long expected = Math.max(after, floor) + 1;
        try {
            // One walk through the pages gives both; a get of each key would descend to it from the root.
            Cursor<Long, byte[]> records = writes().cursor(after + 1);
            while (records.hasNext()) {
                long revision = records.next();
                if (revision > floor && revision != expected++) {
                    throw StoreFileException.damaged(file, "no record of revision " + (expected - 1), null);
                }
                reader.accept(read(revision, records.getValue()));
            }
        } catch (MVStoreException e) {
            throw StoreFileException.damaged(file, String.valueOf(e.getMessage()), e);
        }
    }

    private JournalRecord read(long revision, byte[] bytes) {
        try {
            return JournalRecord.decoded(revision, bytes);
        } catch (IllegalArgumentException e) {
            throw StoreFileException.damaged(file, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Writes all of it or nothing, and returns once it lies on the disk.
     *
     * @param garbage revisions that nobody can ask for any more once the floor is where it is said to be
     * @throws StoreException.Unavailable when that failed; what is there then, {@link #reopen} tells
     */
    void append(List<JournalRecord> records, Collection<Long> garbage, long floor) {
        // An interrupt in the middle of it would shut the file for everybody.
        boolean interrupted = Thread.interrupted();
        try {
            for (JournalRecord record : records) {
                byte[] bytes = record.encoded();
                writes().put(record.revision(), bytes);
                sinceTidied += bytes.length;
            }
            if (!garbage.isEmpty() || floor > floor()) {
                garbage.forEach(writes()::remove);
                about().put(FLOOR, Long.toString(floor));
            }
            pages().commit();
            pages().sync();
        } catch (MVStoreException | IllegalStateException e) {
            shut();
            throw new StoreException.Unavailable(file + " was not written: " + reason(e), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Wins space back when enough was written since the last time. Failing at it loses nothing but shuts the journal. */
    void tidy() {
        if (sinceTidied < TIDY_EVERY_BYTES) {
            return;
        }
        sinceTidied = 0;
        boolean interrupted = Thread.interrupted();
        try {
            pages().compact(WANTED_FILL_PERCENT, TIDY_BYTES);
        } catch (MVStoreException | IllegalStateException e) {
            shut();
            throw new StoreException.Unavailable(file + " could not be tidied: " + reason(e), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Opens the file again after a failure, unless it is open, and has what it holds put on the disk.
     *
     * @throws StoreException.Unavailable when it still cannot be used
     */
    void reopen() {
        if (pages != null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            load();
            pages().sync();
        } catch (MVStoreException | IllegalStateException | StoreFileException e) {
            shut();
            throw new StoreException.Unavailable(file + " cannot be opened: " + reason(e), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void load() {
        MVStore opened = new MVStore.Builder()
                .fileName(fileSystem + file.toAbsolutePath())
                .autoCommitDisabled()
                .cacheSize(CACHE_MEGABYTES)
                .open();
        boolean ours = false;
        try {
            opened.setVersionsToKeep(0);
            opened.setRetentionTime(RETENTION_MILLIS);
            boolean fresh = opened.getMapNames().isEmpty();
            MVMap<String, String> map = opened.openMap(
                    ABOUT,
                    new MVMap.Builder<String, String>()
                            .keyType(StringDataType.INSTANCE)
                            .valueType(StringDataType.INSTANCE));
            if (fresh) {
                map.put(FORMAT, FORMAT_1);
            } else if (!FORMAT_1.equals(map.get(FORMAT))) {
                throw new StoreFileException(
                        file + " has format " + map.get(FORMAT) + ", and this version knows " + FORMAT_1 + " only",
                        null);
            }
            pages = opened;
            about = map;
            writes = opened.openMap(
                    WRITES,
                    new MVMap.Builder<Long, byte[]>()
                            .keyType(LongDataType.INSTANCE)
                            .valueType(ByteArrayDataType.INSTANCE));
            ours = true;
        } finally {
            if (!ours) {
                pages = opened;
                shut();
            }
        }
    }

    /** Lets go of the file without writing anything more. */
    private void shut() {
        MVStore open = pages;
        pages = null;
        writes = null;
        about = null;
        if (open != null) {
            open.closeImmediately();
        }
    }

    @Override
    public void close() {
        shut();
    }

    private static String reason(RuntimeException e) {
        Throwable cause = e.getCause();
        return String.valueOf((cause == null ? e : cause).getMessage());
    }

    private MVStore pages() {
        return open(pages);
    }

    private MVMap<Long, byte[]> writes() {
        return open(writes);
    }

    private MVMap<String, String> about() {
        return open(about);
    }

    private static <T> T open(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the journal is shut");
        }
        return part;
    }
}
