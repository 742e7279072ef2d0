package io.orchestrator.testkit.store;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.spi.store.Store;

/** The contract with the default history, and sinks on as many threads as they like. */
class MemoryStoreContractTest extends StoreContract {
    private SystemEnvironment environment;

    @Override
    protected Store open() {
        environment = new SystemEnvironment("memory-store-test");
        return new MemoryStore(environment.environment().executor());
    }

    @Override
    protected void afterClose() {
        environment.close();
    }
}
