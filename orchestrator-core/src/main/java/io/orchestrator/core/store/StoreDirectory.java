package io.orchestrator.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies in the directory of a {@link DurableStore}, open: the lock by which it is one store's own, the journal, and how far
 * writes were acknowledged. What is done with them is for one thread at a time.
 */
final class StoreDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreDirectory.class);
    private static final String JOURNAL = "journal.mv";

    private final Path path;
    private final Journal journal;
    private final Acknowledged acknowledged;
    private final List<AutoCloseable> opened;

    private StoreDirectory(Path path, Journal journal, Acknowledged acknowledged, List<AutoCloseable> opened) {
        this.path = path;
        this.journal = journal;
        this.acknowledged = acknowledged;
        this.opened = opened;
    }

    /** Where the journal of a store's directory lies. */
    static Path journalOf(Path directory) {
        return directory.resolve(JOURNAL);
    }

    /**
     * Makes the directory when it is not there.
     *
     * @param fileSystem the scheme of H2's under which the journal is opened; empty for the machine's own
     * @throws StoreFileException when another store has it open, or what lies there is damaged or not known; nothing has been
     *     changed then
     */
    static StoreDirectory open(Path directory, String fileSystem) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw StoreFileException.inaccessible(directory, e);
        }
        List<AutoCloseable> opened = new ArrayList<>();
        boolean whole = false;
        try {
            opened.add(StoreLock.take(directory.resolve("lock")));
            Journal journal = Journal.open(journalOf(directory), fileSystem);
            opened.add(journal);
            Acknowledged acknowledged = Acknowledged.open(directory.resolve("acknowledged"));
            opened.add(acknowledged);
            StoreDirectory files = new StoreDirectory(directory, journal, acknowledged, List.copyOf(opened));
            files.requireAllThatWasAcknowledged();
            whole = true;
            return files;
        } finally {
            if (!whole) {
                closeAll(opened);
            }
        }
    }

    private void requireAllThatWasAcknowledged() {
        try {
            long head = journal.head();
            long promised = acknowledged.revision();
            if (head < promised) {
                throw damaged("it ends at revision " + head + ", but revision " + promised + " was acknowledged");
            }
        } catch (IOException e) {
            throw StoreFileException.inaccessible(path, e);
        }
    }

    Path path() {
        return path;
    }

    Journal journal() {
        return journal;
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    /** The journal is not what it must be. */
    StoreFileException damaged(String what) {
        return StoreFileException.damaged(journalOf(path), what, null);
    }

    /** A second time there is nothing left to be closed. */
    @Override
    public void close() {
        closeAll(opened);
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
