package io.orchestrator.spi.store;

import org.jspecify.annotations.Nullable;

/**
 * What a list returns.
 *
 * @param revision the revision to read at; 0 reads the newest
 * @param limit the most entries to return; 0 returns all
 * @param startAfter only keys behind this one; null starts at the first
 */
public record ListQuery(long revision, int limit, @Nullable StoreKey startAfter) {

    public ListQuery {
        if (revision < 0 || limit < 0) {
            throw new IllegalArgumentException("revision and limit must not be negative");
        }
    }

    /** Everything, as of now. */
    public static ListQuery all() {
        return new ListQuery(0, 0, null);
    }

    public ListQuery atRevision(long revision) {
        return new ListQuery(revision, limit, startAfter);
    }

    public ListQuery limitedTo(int limit) {
        return new ListQuery(revision, limit, startAfter);
    }

    public ListQuery startingAfter(StoreKey key) {
        return new ListQuery(revision, limit, key);
    }
}
