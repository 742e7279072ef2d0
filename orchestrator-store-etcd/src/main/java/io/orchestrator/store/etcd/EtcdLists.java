package io.orchestrator.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lists in pages that are all read at the revision of the first, smaller ones where the values are large. */
final class EtcdLists {
    private static final int TRIES = 3;

    private final EtcdCalls calls;
    private final KeySpace keys;
    private final int pageSize;
    private final LongSupplier newest;
    /** What this store knows of; others may have compacted further. */
    private final AtomicLong knownFloor = new AtomicLong();

    EtcdLists(EtcdCalls calls, KeySpace keys, int pageSize, LongSupplier newest) {
        this.calls = calls;
        this.keys = keys;
        this.pageSize = pageSize;
        this.newest = newest;
    }

    void compacted(long revision) {
        knownFloor.accumulateAndGet(revision, Math::max);
    }

    Listing list(StoreKey prefix, ListQuery query) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new Reading(prefix, query).read();
            } catch (StoreException.Compacted e) {
                // Of the newest state this only means that a compaction came between two pages.
                if (query.revision() != 0 || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** One list, page by page. */
    private final class Reading {
        private final StoreKey prefix;
        private final ListQuery query;
        private final ByteSequence end;
        private final List<Entry> entries = new ArrayList<>();
        private ByteSequence from;
        private long revision;
        private long page = pageSize;

        Reading(StoreKey prefix, ListQuery query) {
            this.prefix = prefix;
            this.query = query;
            this.revision = query.revision();
            this.end = keys.endOf(prefix);
            StoreKey after = query.startAfter();
            this.from = after == null || after.compareTo(prefix) < 0 ? keys.key(prefix) : keys.behind(after);
        }

        Listing read() {
            StoreKey after = query.startAfter();
            if (after != null && after.compareTo(prefix) > 0 && !after.startsWith(prefix)) {
                // Behind everything under the prefix: an empty range, which etcd would take for something else.
                return new Listing(revisionOfNothing(), List.of(), false, 0);
            }
            while (true) {
                long wanted = query.limit() == 0 ? page : Math.min(page, query.limit() - entries.size());
                GetResponse response = fetch(wanted);
                revision = revision == 0 ? response.getHeader().getRevision() : revision;
                response.getKvs().forEach(pair -> entries.add(keys.entry(pair)));
                long remaining = response.getCount() - response.getKvs().size();
                boolean full = query.limit() > 0 && entries.size() >= query.limit();
                if (remaining <= 0 || full) {
                    return new Listing(revision, entries, remaining > 0, Math.max(0, remaining));
                }
                from = keys.behind(entries.get(entries.size() - 1).key());
            }
        }

        private GetResponse fetch(long wanted) {
            GetOption option = GetOption.builder()
                    .withRange(end)
                    .withRevision(revision)
                    .withLimit(wanted)
                    .build();
            try {
                return calls.call(
                        "list " + prefix, client -> client.getKVClient().get(from, option));
            } catch (EtcdRefusal e) {
                if (EtcdFailures.isTooLargeToReceive(e.reason()) && wanted > 1) {
                    page = Math.max(1, wanted / 4);
                    return fetch(page);
                }
                if (EtcdFailures.isCompacted(e.reason())) {
                    throw new StoreException.Compacted(revision, Math.max(knownFloor.get(), revision + 1));
                }
                if (EtcdFailures.isFutureRevision(e.reason())) {
                    throw new StoreException.FutureRevision(revision, newest.getAsLong());
                }
                throw EtcdFailures.translate("list " + prefix, e.reason());
            }
        }

        private long revisionOfNothing() {
            long now = newest.getAsLong();
            if (revision > now) {
                throw new StoreException.FutureRevision(revision, now);
            }
            return revision == 0 ? now : revision;
        }
    }
}
