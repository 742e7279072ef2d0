package io.orchestrator.core.store;

import io.orchestrator.spi.store.StoreKey;
import org.jspecify.annotations.Nullable;

/**
 * The fixed place of one key: an update swaps the version in it and touches neither the hash nor the index. Written under
 * the store's write lock, read by anyone.
 */
final class Slot {
    final StoreKey key;

    /** The newest version, which may be a removal; null only before the first write of the key is published. */
    volatile @Nullable Version newest;

    Slot(StoreKey key) {
        this.key = key;
    }

    /** What the key held at the revision; null when it did not exist, or when that is no longer kept. */
    @Nullable
    Version at(long revision) {
        Version version = newest;
        while (version != null && version.revision > revision) {
            version = version.older();
        }
        return version;
    }
}
