package io.orchestrator.core.store;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether what a write expects holds, at the moment whose entries are handed in. */
final class Expectations {
    private Expectations() {}

    /**
     * @param standing what stands under a key
     * @throws StoreException.Conflict when the key is not as expected
     * @throws StoreException.Fenced when the guard of the write is not
     */
    static void check(
            StoreKey key, @Nullable Entry current, Expect expect, Function<StoreKey, @Nullable Entry> standing) {
        if (expect instanceof Expect.WhileStands tied) {
            Entry guard = standing.apply(tied.guard());
            if (guard == null || guard.createRevision() != tied.createRevision()) {
                throw new StoreException.Fenced(tied.guard(), tied.createRevision());
            }
            check(key, current, tied.then(), standing);
            return;
        }
        boolean holds;
        if (expect instanceof Expect.AtRevision at) {
            holds = current != null && current.revision() == at.revision();
        } else {
            holds = expect instanceof Expect.Anything || current == null;
        }
        if (!holds) {
            throw new StoreException.Conflict(key, current);
        }
    }
}
