package io.orchestrator.spi.runtime;

/**
 * An engine that can carry the pods of several nodes: Docker on this machine, this machine's processes, a simulation.
 * Hosts hand one to the cluster; the cluster asks it once per node. Thread-safe.
 */
public interface RuntimeProvider extends AutoCloseable {

    /**
     * The engine as one node sees it. What it creates carries the owner's cluster and node; it never lists, changes or
     * removes what carries another owner. Asked twice with the same owner, it gives views on the same pods: this is how
     * an agent that restarts finds what runs.
     */
    ContainerRuntime forNode(RuntimeOwner owner);

    /** Frees connections and threads, not pods. Idempotent. */
    @Override
    void close();
}
