package io.orchestrator.core.agent;

import java.io.IOException;

/** What is left of a node. Thread-safe; may block on the disk. */
@FunctionalInterface
public interface NodeSignals {

    /**
     * At this moment.
     *
     * @param diskBytes available of {@code diskCapacity}
     * @param pids how many processes may still be begun
     */
    record Reading(long memoryBytes, long diskBytes, long diskCapacity, long pids) {}

    Reading read() throws IOException;
}
