package io.orchestrator.core.agent;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Shows parts of volumes at places of the agent's own, which stay what they were when they were looked at: whoever shares a volume
 * may put links to the machine's files in the place of its folders at any moment, and whoever follows the path then is shown those.
 * Blocking; calls for one place come one at a time.
 */
public interface SubPaths {
    /** The folder below which places lie, as {@code <volume>/<container>/<index>}: by that they are found again by another process. */
    String FOLDER = "volume-subpaths";

    /** What became of it. */
    enum Held {
        /** It is seen at the place. */
        HERE,
        /** A link or a file is in the way, be it that somebody has put it there a moment ago; nothing is at the place. */
        LEADS_OUT,
        /** This machine does not let us; nothing is at the place. */
        NOT_ALLOWED
    }

    /**
     * Holds what a path leads to. What is missing of it is made, as folders of the volume's mode.
     *
     * @param volume its real path
     * @param path within the volume, without links; empty for the volume itself
     * @param place does not exist; folders above it are made
     */
    Held hold(Path volume, Path path, Path place) throws IOException;

    /** Lets go of the place, or of all places below a directory. Containers that were begun with it keep it. */
    void release(Path directory) throws IOException;

    /** For machines that do not let us. */
    static SubPaths none() {
        return new SubPaths() {
            @Override
            public Held hold(Path volume, Path path, Path place) {
                return Held.NOT_ALLOWED;
            }

            @Override
            public void release(Path directory) {
                // There are none.
            }
        };
    }
}
