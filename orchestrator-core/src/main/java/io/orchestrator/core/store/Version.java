package io.orchestrator.core.store;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one write made of one key: a link in its slot's chain and, as long as it is kept, one place in the history. */
final class Version {
    final Slot slot;
    final long revision;

    /** Null when the write removed the key. */
    final @Nullable Entry entry;

    /** The change as every watcher gets it: made once, shared by all. */
    final List<Change> changes;

    private volatile @Nullable Version older;

    private Version(Slot slot, long revision, @Nullable Entry entry, Change change, @Nullable Version older) {
        this.slot = slot;
        this.revision = revision;
        this.entry = entry;
        this.changes = List.of(change);
        this.older = older;
    }

    static Version put(Slot slot, Entry entry, @Nullable Version older) {
        return new Version(slot, entry.revision(), entry, new Change.Put(entry), older);
    }

    static Version removed(Slot slot, long revision, Version older) {
        return new Version(slot, revision, null, new Change.Removed(slot.key, revision, older.entry), older);
    }

    @Nullable
    Version older() {
        return older;
    }

    /** Lets go of everything before this version. */
    void forgetOlder() {
        older = null;
    }
}
