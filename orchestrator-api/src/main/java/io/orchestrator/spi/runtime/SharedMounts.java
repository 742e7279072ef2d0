package io.orchestrator.spi.runtime;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/**
 * A runtime that can tell whether its engine sees what this process mounts: it may be on another machine, or keep its mounts apart,
 * and would show a container the empty folder below. Threading, deadlines and failure as in {@link ContainerRuntime}, which the same
 * object is. Of a runtime that does not implement it, nothing is taken for granted.
 */
public interface SharedMounts {

    /**
     * Whether a container that is begun from now on in a sandbox, with a place of this machine as the source of a mount, is shown what
     * this process has mounted there.
     *
     * @param sandboxId of one that is ready
     * @param place at which something is mounted
     */
    CompletionStage<Boolean> sees(String sandboxId, Path place);
}
