package io.orchestrator.spi.store;

/**
 * A key that was removed.
 *
 * @param previous the version that stood there
 * @param revision the revision of the removal itself
 */
public record Removal(Entry previous, long revision) {}
