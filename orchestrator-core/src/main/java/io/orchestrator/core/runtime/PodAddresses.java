package io.orchestrator.core.runtime;

/**
 * Where pods without a network of their own get their addresses from. Thread-safe. One instance serves all nodes that
 * share the machine.
 */
public interface PodAddresses {

    /** An address that nobody else holds until it is released. @throws IllegalStateException when all are taken */
    String take();

    /** Holds this address for a pod that had it before a restart. Does nothing when it is held or not of the range. */
    void hold(String address);

    /** Gives it back. Does nothing when it is not held. */
    void release(String address);
}
