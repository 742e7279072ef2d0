/**
 * One cache per kind, fed by one watch of the store, serving any number of watchers and the lists that may be stale.
 *
 * <p><b>Threading.</b> The store's sink thread is the only writer. Watchers run on the environment's executor, one task at a
 * time each, and read a bounded ring by position: a stalled one costs nothing and is closed with Expired once the ring has moved
 * past it. Those sorted by a trigger have a bounded list of their own changes instead.
 *
 * <p><b>Neighbours.</b> {@code core.registry} starts the caches and hands in how to decode; nobody else knows them.
 */
@NullMarked
package io.orchestrator.core.registry.cache;

import org.jspecify.annotations.NullMarked;
