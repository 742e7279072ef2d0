package io.orchestrator.spi.store;

import org.jspecify.annotations.Nullable;

/** What happened to one key at one revision. */
public sealed interface Change {

    StoreKey key();

    long revision();

    /** The key was created or replaced. */
    record Put(Entry entry) implements Change {
        @Override
        public StoreKey key() {
            return entry.key();
        }

        @Override
        public long revision() {
            return entry.revision();
        }

        public boolean created() {
            return entry.createRevision() == entry.revision();
        }
    }

    /**
     * The key was removed.
     *
     * @param previous the version that stood there, where the store still knows it
     */
    record Removed(StoreKey key, long revision, @Nullable Entry previous) implements Change {}
}
