package io.orchestrator.testkit.history;

import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreKey;

/** What a client asks of a store. */
public sealed interface StoreCall {

    /** @param value unlike every other value of the history: by it a write is known whose answer never came */
    record Put(StoreKey key, String value, Expect expect) implements StoreCall {}

    record Delete(StoreKey key, Expect expect) implements StoreCall {}

    record Get(StoreKey key) implements StoreCall {}

    /** Everything under the prefix that the history is about, as of now. */
    record ListAll() implements StoreCall {}

    record Revision() implements StoreCall {}
}
