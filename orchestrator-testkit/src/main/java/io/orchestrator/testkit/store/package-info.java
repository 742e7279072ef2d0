/**
 * What a store must do, as tests to inherit: {@link io.orchestrator.testkit.store.StoreContract} for every implementation of
 * {@link io.orchestrator.spi.store.Store}, ours and a stranger's. And stores to make fakes of, which leave to another one what they
 * do not change.
 *
 * <p>The contract runs on real threads, so that it holds for stores that talk to another process as well.
 */
@NullMarked
package io.orchestrator.testkit.store;

import org.jspecify.annotations.NullMarked;
