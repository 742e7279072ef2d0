package io.orchestrator.spi.store;

import java.util.Optional;

/**
 * Revisioned keys and values: the only state a cluster has.
 *
 * <p><b>Order.</b> Every successful write gets a revision greater than all before it; {@link #revision()} never
 * decreases. Reads are linearizable: what a returned write wrote, every later read sees.
 *
 * <p><b>Failure.</b> After a {@link StoreException.Conflict} nothing has changed. After a
 * {@link StoreException.Unavailable} the outcome of a write is unknown and must be resolved by reading, unless the exception
 * says that nothing was written. All other exceptions mean that.
 *
 * <p><b>Threads.</b> All methods are safe for concurrent use. They may block up to the implementation's deadline, and
 * never forever. No method calls back into the caller, except sinks as {@link ChangeSink} says.
 *
 * <p>Implementations inherit {@code StoreContract} of the testkit.
 */
public interface Store extends AutoCloseable {

    /** The newest revision that a read would see. A new store starts at a revision of at least 1. */
    long revision();

    /** The entry under the key, as of now. */
    Optional<Entry> get(StoreKey key);

    /**
     * Writes one value.
     *
     * @return the entry as written, with its new revision and with the very {@code value} that was given
     * @throws StoreException.Conflict when {@code expect} does not hold; it carries the entry that stands there
     * @throws StoreException.Fenced when the key that {@code expect} ties the write to does not stand
     */
    Entry put(StoreKey key, StoreValue value, Expect expect);

    /**
     * Removes one key.
     *
     * @return the removed entry and the revision of the removal, or empty when nothing was there and {@code expect} did
     *     not ask for more
     * @throws StoreException.Conflict when {@code expect} does not hold
     * @throws StoreException.Fenced when the key that {@code expect} ties the write to does not stand
     */
    Optional<Removal> delete(StoreKey key, Expect expect);

    /**
     * The entries whose key starts with {@code prefix}, in the order of their keys, all as of one revision.
     *
     * @throws StoreException.Compacted when the query's revision is no longer kept
     * @throws StoreException.FutureRevision when the query's revision is not reached yet
     */
    Listing list(StoreKey prefix, ListQuery query);

    /**
     * Every change under {@code prefix} with a revision greater than {@code after}: ordered, without gap, without
     * doubles, and all changes of one revision in one call. A subscriber that falls behind the kept history, or asks for
     * a compacted revision, is closed with {@link StoreException.Compacted}: it must list again.
     *
     * @param after start behind this revision; it may lie in the future, then nothing is delivered until it is passed
     * @throws StoreException.Compacted when {@code after} is already known to be compacted (may also come to the sink)
     */
    Subscription watch(StoreKey prefix, long after, ChangeSink sink);

    /**
     * Forgets the history before {@code revision}: lists and watches from before it are refused from now on. Idempotent;
     * a revision in the future is refused with {@link StoreException.FutureRevision}.
     */
    void compact(long revision);

    /** Ends every subscription with {@link StoreException.Closed} and frees everything. Idempotent. */
    @Override
    void close();
}
