package io.orchestrator.spi.runtime;

/**
 * What a {@link RuntimeProvider} implements besides where the addresses of its pods are of a range that no other machine of the
 * cluster has: then other machines can be told the way to them. Thread-safe.
 */
public interface RoutablePods {

    /** The range, such as {@code 10.244.3.0/24}; empty where the engine chooses one that means nothing to others. */
    String podSubnet();
}
