package io.orchestrator.core.network;

/** Which endpoint a new connection gets where user space serves. */
public enum Balancing {
    /** One after the other. */
    ROUND_ROBIN,
    /** One that has the fewest connections at the moment, for connections that last or cost differently. */
    LEAST_CONNECTIONS
}
