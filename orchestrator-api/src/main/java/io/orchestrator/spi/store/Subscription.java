package io.orchestrator.spi.store;

/** A running watch. */
public interface Subscription extends AutoCloseable {

    /** Ends it. Idempotent, never blocks on the sink; a call that is under way may still finish, none begins after it. */
    @Override
    void close();
}
