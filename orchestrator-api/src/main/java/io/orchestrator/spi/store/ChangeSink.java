package io.orchestrator.spi.store;

import java.util.List;

/**
 * Receives a watch. The store calls one method at a time, from whichever thread it likes, holding no lock; calls of one
 * subscription happen in order and happen-before each other. A sink that is slow holds up only itself.
 *
 * <p>A sink that throws has missed what it was given: its subscription ends, and it is {@link #closed} with
 * {@link StoreException.Unavailable} around what it threw. Other subscriptions do not notice.
 */
public interface ChangeSink {

    /** All changes of one revision under the watched prefix; never empty; revisions strictly increase from call to call. */
    void changes(long revision, List<Change> changes);

    /** Everything up to this revision has been delivered. Sent now and then, and never ahead of a change. */
    default void progress(long revision) {}

    /**
     * Whether its calls are so brief that whoever writes may make them on its way: they do not block, call nobody who might, and
     * write nothing. A store may act on it, and then what the write changed has reached the sink when the write returns; it may
     * as well use another thread as ever. Always the same answer.
     */
    default boolean isBrief() {
        return false;
    }

    /** The last call: the subscription ended without being cancelled. */
    void closed(StoreException cause);
}
