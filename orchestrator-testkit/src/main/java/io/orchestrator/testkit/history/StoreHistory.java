package io.orchestrator.testkit.history;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What several clients asked of one store, and what they were told. Safe for use by many threads.
 *
 * <p>Its clock ticks when a call begins and when its answer is there, so that a call that ended before another began is known to
 * have. It may run over several instances of a store, one after the other on the same state: what counts is what clients see.
 */
public final class StoreHistory {
    private final StoreKey prefix;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Long, Begun> underWay = new HashMap<>();
    private long clock;

    private record Begun(int client, StoreCall call) {}

    /** @param prefix under which all keys of the history lie, and no others */
    public StoreHistory(StoreKey prefix) {
        this.prefix = prefix;
    }

    /** Makes the call and records it. What the store throws beyond {@link StoreException} is thrown on, as an unknown outcome. */
    public Outcome call(Store store, int client, StoreCall call) {
        long begun = begin(client, call);
        Outcome outcome = new Outcome.Unknown();
        try {
            outcome = ask(store, call);
        } finally {
            end(begun, outcome);
        }
        return outcome;
    }

    /** A call is about to be made; for clients of another process. Returns its mark, for {@link #end}. */
    public synchronized long begin(int client, StoreCall call) {
        underWay.put(++clock, new Begun(client, call));
        return clock;
    }

    /** The answer is there. */
    public synchronized void end(long mark, Outcome outcome) {
        Begun begun = underWay.remove(mark);
        if (begun == null) {
            throw new IllegalStateException("no call is under way that began at " + mark);
        }
        // Without an answer the write may happen at any time later on.
        long ended = outcome instanceof Outcome.Unknown ? Long.MAX_VALUE : ++clock;
        operations.add(new Operation(begun.client(), begun.call(), mark, ended, outcome));
    }

    /** Everything so far, by the time it began. Calls that are still under way have an unknown outcome. */
    public synchronized List<Operation> operations() {
        List<Operation> all = new ArrayList<>(operations);
        underWay.forEach((mark, begun) ->
                all.add(new Operation(begun.client(), begun.call(), mark, Long.MAX_VALUE, new Outcome.Unknown())));
        all.sort(Comparator.comparingLong(Operation::begun));
        return all;
    }

    private Outcome ask(Store store, StoreCall call) {
        try {
            if (call instanceof StoreCall.Put put) {
                StoreValue value = StoreValue.of(put.value().getBytes(StandardCharsets.UTF_8));
                return new Outcome.Written(Seen.of(store.put(put.key(), value, put.expect())));
            }
            if (call instanceof StoreCall.Delete delete) {
                return removed(store.delete(delete.key(), delete.expect()));
            }
            if (call instanceof StoreCall.Get get) {
                return new Outcome.Found(Seen.ofNullable(store.get(get.key()).orElse(null)));
            }
            return call instanceof StoreCall.ListAll
                    ? listed(store.list(prefix, ListQuery.all()))
                    : new Outcome.Reached(store.revision());
        } catch (StoreException.Conflict e) {
            return new Outcome.Conflicted(Seen.ofNullable(e.current()));
        } catch (StoreException.Fenced e) {
            return new Outcome.Fenced();
        } catch (StoreException.Unavailable e) {
            return e.isUnwritten() ? new Outcome.NotDone() : new Outcome.Unknown();
        } catch (StoreException e) {
            return new Outcome.NotDone();
        }
    }

    private static Outcome removed(Optional<Removal> removal) {
        return removal.<Outcome>map(it -> new Outcome.Removed(Seen.of(it.previous()), it.revision()))
                .orElseGet(Outcome.NothingThere::new);
    }

    private static Outcome listed(Listing listing) {
        Map<StoreKey, Seen> entries = new HashMap<>();
        for (Entry entry : listing.entries()) {
            entries.put(entry.key(), Seen.of(entry));
        }
        return new Outcome.Listed(listing.revision(), entries);
    }
}
