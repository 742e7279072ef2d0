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
    private final String was;
    private final String is;
    private final long nanos;
    private volatile @Nullable StoredObject gone;

    /**
     * @param was the value of the trigger field before; empty where there was none
     * @param is the same after it
     * @param nanos when it came, by the clock that only goes forward
     */
    CachedChange(
            StoreKey key,
            long revision,
            @Nullable StoredObject before,
            @Nullable StoredObject after,
            String was,
            String is,
            long nanos) {
        this.key = key;
        this.revision = revision;
        this.before = before;
        this.after = after;
        this.was = was;
        this.is = is;
        this.nanos = nanos;
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

    /** By what the object was sorted before; empty for nothing. */
    String was() {
        return was;
    }

    /** By what the object is sorted now; empty for nothing. */
    String is() {
        return is;
    }

    long nanos() {
        return nanos;
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
