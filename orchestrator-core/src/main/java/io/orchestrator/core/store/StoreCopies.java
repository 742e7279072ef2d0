package io.orchestrator.core.store;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster's state from one place to another: all that a store holds at one revision, while it may be written to.
 *
 * <p>A snapshot is itself the directory of a {@link DurableStore}. It has the revisions of what it was taken from, so clients
 * that knew the old store can go on with the new one; what came before it, nobody can ask it for. {@link #migrate} copies into
 * a store that counts for itself: whoever watched the old one must list again.
 */
public final class StoreCopies {
    /** What clusters keep under. An etcd may hold what belongs to others, too. */
    private static final List<StoreKey> ROOTS = List.of(new StoreKey("/orchestrator/"), new StoreKey("/registry/"));

    private static final int PAGE = 500;

    private StoreCopies() {}

    /**
     * Writes what the store holds to a directory, of which nothing is seen until all is there.
     *
     * @param directory must not be there or be empty
     * @return the revision that the snapshot shows
     * @throws UncheckedIOException when the directory is not empty or cannot be written
     */
    public static long snapshot(Store store, Path directory) {
        Path whole = directory.toAbsolutePath();
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            ensureEmpty(whole);
            Files.createDirectories(part);
            ensureEmpty(part);
            long revision;
            try (Journal journal = Journal.open(StoreDirectory.journalOf(part))) {
                revision = store.revision();
                forEachPage(
                        store,
                        revision,
                        entries -> journal.append(
                                entries.stream().map(StoreCopies::record).toList(), List.of(), 0));
                journal.append(List.of(), List.of(), revision);
            }
            Files.deleteIfExists(whole);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            return revision;
        } catch (IOException e) {
            throw new UncheckedIOException("no snapshot could be written to " + directory, e);
        }
    }

    /**
     * Makes the directory of a store from a snapshot, which stays as it is. Every record is checked on the way.
     *
     * @param directory must not be there or be empty
     * @return the revision at which the restored store stands
     * @throws StoreFileException when the snapshot is damaged or in use
     */
    public static long restore(Path snapshot, Path directory) {
        if (!Files.isRegularFile(StoreDirectory.journalOf(snapshot))) {
            throw new StoreFileException(snapshot + " holds no snapshot", null);
        }
        try (DurableStore store = DurableStore.open(snapshot, Runnable::run, MemoryStoreOptions.keeping(1))) {
            return snapshot(store, directory);
        }
    }

    /**
     * Copies everything from one store to another, of any kind. Writes that come to the first meanwhile are not copied: end
     * the cluster on it before.
     *
     * @param to holds nothing of a cluster yet
     * @return how many entries were copied
     * @throws IllegalArgumentException when the second store is not empty
     */
    public static long migrate(Store from, Store to) {
        for (StoreKey root : ROOTS) {
            if (!to.list(root, ListQuery.all().limitedTo(1)).entries().isEmpty()) {
                throw new IllegalArgumentException("the store to migrate to has something under " + root + " already");
            }
        }
        long[] count = new long[1];
        forEachPage(from, from.revision(), entries -> {
            for (Entry entry : entries) {
                to.put(entry.key(), entry.value(), Expect.absent());
                count[0]++;
            }
        });
        return count[0];
    }

    private static void forEachPage(Store store, long revision, Consumer<List<Entry>> reader) {
        for (StoreKey root : ROOTS) {
            ListQuery query = ListQuery.all().atRevision(revision).limitedTo(PAGE);
            @Nullable Listing page = null;
            do {
                List<Entry> before = page == null ? List.of() : page.entries();
                page = store.list(
                        root,
                        before.isEmpty()
                                ? query
                                : query.startingAfter(
                                        before.get(before.size() - 1).key()));
                reader.accept(page.entries());
            } while (page.more());
        }
    }

    private static JournalRecord record(Entry entry) {
        return new JournalRecord(
                entry.revision(),
                entry.key(),
                entry.createRevision(),
                entry.value().bytes());
    }

    private static void ensureEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> content = Files.list(directory)) {
            if (content.findAny().isPresent()) {
                throw new FileSystemException(directory.toString(), null, "there is something already");
            }
        }
    }
}
