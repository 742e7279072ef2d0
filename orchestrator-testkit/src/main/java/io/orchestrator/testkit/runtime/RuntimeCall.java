package io.orchestrator.testkit.runtime;

import io.orchestrator.spi.runtime.RuntimeOwner;

/**
 * A call that a simulated runtime got.
 *
 * @param subject the id of the sandbox or container, or the image's reference; empty for calls about everything
 */
public record RuntimeCall(RuntimeOwner owner, Verb verb, String subject) {

    /** The verbs of {@code ContainerRuntime}, {@code ResizableContainers}, {@code WritableLayers} and {@code Images}. */
    public enum Verb {
        INFO,
        LIST,
        CREATE_SANDBOX,
        STOP_SANDBOX,
        REMOVE_SANDBOX,
        CREATE_CONTAINER,
        START_CONTAINER,
        STOP_CONTAINER,
        REMOVE_CONTAINER,
        RESIZE_CONTAINER,
        LOGS,
        EXEC,
        ATTACH,
        STATS,
        WRITTEN_BYTES,
        FIND_IMAGE,
        LIST_IMAGES,
        PULL_IMAGE,
        REMOVE_IMAGE
    }
}
