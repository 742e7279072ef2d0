package io.orchestrator.core.store;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.StoreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import org.jspecify.annotations.Nullable;

/** Reads one page of the index as of one revision, while writers go on. */
final class Page {
    private Page() {}

    static Listing of(ConcurrentNavigableMap<StoreKey, Slot> index, StoreKey prefix, long revision, ListQuery query) {
        List<Entry> entries = new ArrayList<>();
        long remaining = 0;
        for (Slot slot : from(index, prefix, query.startAfter()).values()) {
            if (!slot.key.startsWith(prefix)) {
                break;
            }
            Version version = slot.at(revision);
            if (version == null || version.entry == null) {
                continue;
            }
            if (query.limit() > 0 && entries.size() == query.limit()) {
                remaining++;
            } else {
                entries.add(version.entry);
            }
        }
        return new Listing(revision, entries, remaining > 0, remaining);
    }

    private static ConcurrentNavigableMap<StoreKey, Slot> from(
            ConcurrentNavigableMap<StoreKey, Slot> index, StoreKey prefix, @Nullable StoreKey startAfter) {
        return startAfter == null || startAfter.compareTo(prefix) < 0
                ? index.tailMap(prefix, true)
                : index.tailMap(startAfter, false);
    }
}
