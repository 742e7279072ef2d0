/**
 * The contract of a store: revisioned keys with values that give their bytes on demand, compare-and-set, a list at a
 * revision, and a watch without gaps. Implementations are thread-safe. Ordering, idempotence and failures stand in the
 * Javadoc of each verb, and the contract test in the testkit holds every implementation to them.
 */
@NullMarked
package io.orchestrator.spi.store;

import org.jspecify.annotations.NullMarked;
