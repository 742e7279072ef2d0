package io.orchestrator.spi.store;

/**
 * One version of one key.
 *
 * @param createRevision the revision at which the key came into being (again)
 * @param revision the revision of this version
 */
public record Entry(StoreKey key, StoreValue value, long createRevision, long revision) {}
