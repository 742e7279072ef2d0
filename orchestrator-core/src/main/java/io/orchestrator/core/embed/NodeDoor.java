package io.orchestrator.core.embed;

/** Opens a node to those who look at it from outside of its process: the kubelet's ports. */
@FunctionalInterface
public interface NodeDoor {

    /**
     * Opens the door, before the agent of the node begins. Returns when requests are answered; throws
     * {@link java.io.UncheckedIOException} when it cannot.
     */
    Opened open(ServedNode node);

    /** A door that stands open. */
    interface Opened extends AutoCloseable {

        /** Where the API server and others with a right to it reach the node, by HTTPS. */
        int port();

        /** Closes the ports and every connection. Idempotent. */
        @Override
        void close();
    }
}
