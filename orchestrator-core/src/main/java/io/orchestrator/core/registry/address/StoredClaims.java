package io.orchestrator.core.registry.address;

import io.orchestrator.core.registry.Failures;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims in the store, one key each, so that every control plane on it sees the same ones: the number is taken by whoever creates
 * its key. The value is the holder's uid.
 *
 * <p><b>Threads.</b> Safe for concurrent use; only {@link #repair} keeps something, under its own monitor.
 */
final class StoredClaims implements AddressClaims {
    private static final Logger LOG = LoggerFactory.getLogger(StoredClaims.class);
    private static final StoreKey ALL = StoreKey.of("orchestrator", "claims").asFolder();

    private final Store store;
    /** What nobody had at the last repair, and the revisions at which it was taken. */
    private Map<Claim, Long> suspects = Map.of();

    StoredClaims(Store store) {
        this.store = store;
    }

    @Override
    public boolean take(Claim claim, String holder) {
        StoreKey key = key(claim);
        try {
            store.put(key, StoreValue.of(holder.getBytes(StandardCharsets.UTF_8)), Expect.absent());
            return true;
        } catch (StoreException.Conflict e) {
            return false;
        } catch (StoreException.Unavailable e) {
            return settled(key, holder, e);
        } catch (StoreException e) {
            throw Failures.of(e);
        }
    }

    /** Whether a write whose answer never came was carried out. */
    private boolean settled(StoreKey key, String holder, StoreException.Unavailable unknown) {
        if (unknown.isUnwritten()) {
            throw Failures.of(unknown);
        }
        try {
            String standing = store.get(key).map(StoredClaims::holder).orElseThrow(() -> unknown);
            return standing.equals(holder);
        } catch (StoreException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public void giveBack(Claim claim, String holder) {
        try {
            Optional<Entry> standing = store.get(key(claim));
            if (standing.isPresent() && holder(standing.get()).equals(holder)) {
                store.delete(key(claim), Expect.atRevision(standing.get().revision()));
            }
        } catch (StoreException e) {
            LOG.debug("{} is not given back yet: a repair will find it", claim, e);
        }
    }

    @Override
    public Map<Claim, String> all() {
        Map<Claim, String> all = new HashMap<>();
        entries().forEach((claim, entry) -> all.put(claim, holder(entry)));
        return all;
    }

    /**
     * A number that nobody has is given back at the second repair that finds it so, as at the first one its holder may still be
     * on its way.
     */
    @Override
    public synchronized void repair(Map<Claim, String> held) {
        Map<Claim, Entry> standing = entries();
        Map<Claim, Long> unknown = new HashMap<>();
        standing.forEach((claim, entry) -> {
            if (held.containsKey(claim)) {
                return;
            }
            if (suspects.getOrDefault(claim, 0L) == entry.revision()) {
                LOG.info("{} is free again: nothing of uid {} has it", claim, holder(entry));
                remove(claim, entry);
            } else {
                unknown.put(claim, entry.revision());
            }
        });
        suspects = unknown;
        held.forEach((claim, holder) -> {
            Entry entry = standing.get(claim);
            if (entry == null) {
                take(claim, holder);
            } else if (!holder(entry).equals(holder)) {
                handOver(claim, entry, holder);
            }
        });
    }

    private void remove(Claim claim, Entry entry) {
        try {
            store.delete(key(claim), Expect.atRevision(entry.revision()));
        } catch (StoreException.Conflict e) {
            LOG.debug("{} has changed hands meanwhile", claim);
        } catch (StoreException e) {
            throw Failures.of(e);
        }
    }

    private void handOver(Claim claim, Entry entry, String holder) {
        try {
            byte[] value = holder.getBytes(StandardCharsets.UTF_8);
            store.put(key(claim), StoreValue.of(value), Expect.atRevision(entry.revision()));
        } catch (StoreException.Conflict e) {
            LOG.debug("{} has changed hands meanwhile", claim);
        } catch (StoreException e) {
            throw Failures.of(e);
        }
    }

    private Map<Claim, Entry> entries() {
        Map<Claim, Entry> entries = new HashMap<>();
        try {
            for (Entry entry : store.list(ALL, ListQuery.all()).entries()) {
                String[] path = entry.key().path().split("/", -1);
                entries.put(new Claim(path[path.length - 2], path[path.length - 1]), entry);
            }
            return entries;
        } catch (StoreException e) {
            throw Failures.of(e);
        }
    }

    private static StoreKey key(Claim claim) {
        return StoreKey.of("orchestrator", "claims", claim.range(), claim.number());
    }

    private static String holder(Entry entry) {
        return new String(entry.value().bytes(), StandardCharsets.UTF_8);
    }
}
