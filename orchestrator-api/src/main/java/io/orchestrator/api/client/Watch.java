package io.orchestrator.api.client;

/** A running watch. */
public interface Watch extends AutoCloseable {

    /** Ends it without a call to the listener. Idempotent, does not wait for a call that is under way. */
    @Override
    void close();
}
