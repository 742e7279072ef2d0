package io.orchestrator.spi.runtime;

import java.util.concurrent.CompletionStage;

/**
 * A runtime whose containers write on a disk of the node beside their volumes, and that can say how much. Threading and failure as
 * in {@link ContainerRuntime}, which the same object is.
 */
public interface WritableLayers {

    /** Bytes that the container has written to its own files, volumes aside. May be slow where there are many of them. */
    CompletionStage<Long> writtenBytes(String containerId);
}
