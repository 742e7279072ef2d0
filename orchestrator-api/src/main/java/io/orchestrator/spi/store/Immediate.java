package io.orchestrator.spi.store;

/**
 * What a {@link Store} may be besides: one that answers at once. None of its calls waits for a disk, for another machine, or for
 * longer than another call takes, so that a thread which must never be held up may make them.
 */
public interface Immediate {}
