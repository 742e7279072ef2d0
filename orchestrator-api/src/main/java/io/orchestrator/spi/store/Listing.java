package io.orchestrator.spi.store;

import java.util.List;

/**
 * Entries as of one revision.
 *
 * @param revision the revision that the list shows; a watch after it misses nothing
 * @param more whether further entries follow behind the last one
 * @param remaining how many entries follow; exact, or 0 when {@code more} is false
 */
public record Listing(long revision, List<Entry> entries, boolean more, long remaining) {
    public Listing {
        entries = List.copyOf(entries);
    }
}
