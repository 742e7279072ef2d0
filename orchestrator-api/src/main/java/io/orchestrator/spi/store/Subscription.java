package io.orchestrator.spi.store;

/** A running watch. */
public interface Subscription extends AutoCloseable {

    /**
     * A revision up to which the sink has been given everything, and that is not older than the newest when this was called: so who
     * reads what the sink keeps reads no less than from the store. Zero where that is not so, or is not known without asking others.
     */
    default long delivered() {
        return 0;
    }

    /** Ends it. Idempotent, never blocks on the sink; a call that is under way may still finish, none begins after it. */
    @Override
    void close();
}
