package io.orchestrator.testkit.history;

import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What one client asks next: a mix of everything on a few keys, so that clients meet. Expectations are mostly of what the client
 * saw last, as controllers have them, and so hold or have just ceased to. For one thread.
 */
public final class RandomCalls {
    private final int client;
    private final List<StoreKey> keys;
    private final Random random;
    private final Map<StoreKey, Seen> last = new HashMap<>();
    private long puts;

    /**
     * @param client unlike the others of the history, also of those that came before on the same state
     * @param keys the first is what fenced writes are tied to
     */
    public RandomCalls(int client, List<StoreKey> keys, long seed) {
        this.client = client;
        this.keys = new ArrayList<>(keys);
        this.random = new Random(seed * 31 + client);
    }

    public StoreCall next() {
        StoreKey key = keys.get(random.nextInt(keys.size()));
        int dice = random.nextInt(100);
        if (dice < 45) {
            return new StoreCall.Put(key, "c" + client + "-" + ++puts, expectation(key));
        }
        if (dice < 60) {
            return new StoreCall.Delete(key, expectation(key));
        }
        if (dice < 85) {
            return new StoreCall.Get(key);
        }
        return dice < 95 ? new StoreCall.ListAll() : new StoreCall.Revision();
    }

    /** Remembers what the answer shows of the keys. */
    public void learn(StoreCall call, Outcome outcome) {
        if (outcome instanceof Outcome.Listed listed) {
            last.clear();
            last.putAll(listed.entries());
        } else if (call instanceof StoreCall.Get get && outcome instanceof Outcome.Found found) {
            saw(get.key(), found.entry());
        } else if (call instanceof StoreCall.Put put) {
            if (outcome instanceof Outcome.Written written) {
                saw(put.key(), written.entry());
            } else if (outcome instanceof Outcome.Conflicted conflict) {
                saw(put.key(), conflict.current());
            }
        }
    }

    private void saw(StoreKey key, @Nullable Seen entry) {
        if (entry == null) {
            last.remove(key);
        } else {
            last.put(key, entry);
        }
    }

    private Expect expectation(StoreKey key) {
        Seen seen = last.get(key);
        int dice = random.nextInt(10);
        Expect expect =
                dice < 3 ? Expect.anything() : seen == null ? Expect.absent() : Expect.atRevision(seen.revision());
        Seen guard = last.get(keys.get(0));
        return guard != null && random.nextInt(5) == 0 ? expect.whileStands(keys.get(0), guard.created()) : expect;
    }
}
