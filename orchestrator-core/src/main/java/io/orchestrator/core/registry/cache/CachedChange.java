package io.orchestrator.core.registry.cache;

import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.spi.store.StoreKey;
import org.jspecify.annotations.Nullable;

/** One change of one object, with the state before and after it. Thread-safe; shared by all watchers. */
final class CachedChange {
    private final StoreKey key;
    private final long revision;
    private final @Nullable StoredObject before;
    private final @Nullable StoredObject after;
    private volatile @Nullable StoredObject gone;

    CachedChange(StoreKey key, long revision, @Nullable StoredObject before, @Nullable StoredObject after) {
        this.key = key;
        this.revision = revision;
        this.before = before;
        this.after = after;
    }

    StoreKey key() {
        return key;
    }

    long revision() {
        return revision;
    }

    /** Null when the change created the object. */
    @Nullable
    StoredObject before() {
        return before;
    }

    /** Null when the change removed the object. */
    @Nullable
    StoredObject after() {
        return after;
    }

    /** The state before, with the revision of this change: what a watcher is told that does not see the object any more. */
    StoredObject gone() {
        StoredObject known = gone;
        if (known == null) {
            synchronized (this) {
                known = gone;
                if (known == null) {
                    if (before == null) {
                        throw new IllegalStateException("nothing stood at " + key + " before " + revision);
                    }
                    known = before.removedAt(revision);
                    gone = known;
                }
            }
        }
        return known;
    }
}
