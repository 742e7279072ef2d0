package io.orchestrator.spi.runtime;

/**
 * Whose pods these are. Recorded on everything that a runtime creates, so that nobody touches another's.
 *
 * @param clusterId unique to one cluster, stable over its restarts
 * @param nodeName the node within the cluster
 */
public record RuntimeOwner(String clusterId, String nodeName) {
    public RuntimeOwner {
        if (clusterId.isBlank() || nodeName.isBlank()) {
            throw new IllegalArgumentException("an owner has a cluster id and a node name");
        }
    }
}
