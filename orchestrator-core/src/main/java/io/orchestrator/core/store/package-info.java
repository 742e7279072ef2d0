/**
 * The stores that live in the host's own process.
 *
 * <p><b>Responsibility.</b> Implements {@link io.orchestrator.spi.store.Store} without leaving the machine: in memory alone, where
 * values are never asked for their bytes and what was put is what is read, the very same instance; and durable on a directory,
 * which is the same index behind a journal that every write reaches first.
 *
 * <p><b>Threads.</b> Writers take turns under one short lock that is never held over a foreign call. Readers take none.
 * Sinks are called on the executor that the host supplies, with at most one task per subscription at a time; the package
 * starts no thread and no timer, so it runs unchanged on the one thread of a simulation. Writers of the durable store commit
 * for each other, on their own threads.
 *
 * <p><b>Neighbours.</b> The registry is the only user; the testkit's {@code StoreContract} holds them to the SPI.
 */
@NullMarked
package io.orchestrator.core.store;

import org.jspecify.annotations.NullMarked;
