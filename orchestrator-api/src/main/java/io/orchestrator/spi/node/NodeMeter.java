package io.orchestrator.spi.node;

import java.util.concurrent.CompletionStage;

/**
 * What a node agent knows of the use of resources, for those that measure: an ability beside {@link NodeEndpoint}. Within a
 * process it is the agent itself; between machines it is read from the agent's endpoint. Thread-safe.
 */
@FunctionalInterface
public interface NodeMeter {

    /**
     * What the node's pods use. Nothing is measured unless somebody asks: the first answer takes a moment, because the use of
     * CPU is the difference of two looks, and whoever keeps asking gets the latest of a measurement that goes on meanwhile.
     * The stage fails when the node cannot be asked; a container that could not be looked at is left out with its pod.
     */
    CompletionStage<NodeUsage> usage();
}
