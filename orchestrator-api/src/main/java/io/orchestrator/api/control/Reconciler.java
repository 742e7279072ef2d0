package io.orchestrator.api.control;

/**
 * Makes the world match what one object asks for. The whole of a controller's knowledge.
 *
 * <p>It gets a key, never an event: events are merged, may be missed, and come again after a restart. It reads the
 * present from {@link Context#view()}, which may lag behind its own writes, compares, writes the difference through
 * {@link Context#client()}, and says how it went. It may die between any two writes and be called again; it must write
 * nothing when nothing is to be done.
 *
 * <p><b>Threads.</b> Never called for the same key by two threads at a time; different keys run in parallel where the
 * controller has several workers.
 */
@FunctionalInterface
public interface Reconciler {

    /** @throws Exception to be called again with exponential back-off */
    Outcome reconcile(ObjectKey key, Context context) throws Exception;
}
