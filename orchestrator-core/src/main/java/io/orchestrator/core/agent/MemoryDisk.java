package io.orchestrator.core.agent;

import java.io.IOException;
import java.nio.file.Path;

/** Puts directories of the node into memory. Blocking; calls for one directory come one at a time. */
public interface MemoryDisk {

    /**
     * Whatever is written below the directory from now on lies in memory. Nothing happens where that is so already, also by a
     * process before this one.
     *
     * @param directory exists and is empty
     * @param bytes the most that it holds
     * @return whether it does; false where this machine does not let us
     */
    boolean mount(Path directory, long bytes) throws IOException;

    /** Gives back the memory of all directories below this one, with what they hold. */
    void release(Path directory) throws IOException;

    /** For machines that do not let us. */
    static MemoryDisk none() {
        return new MemoryDisk() {
            @Override
            public boolean mount(Path directory, long bytes) {
                return false;
            }

            @Override
            public void release(Path directory) {
                // There are none.
            }
        };
    }
}
