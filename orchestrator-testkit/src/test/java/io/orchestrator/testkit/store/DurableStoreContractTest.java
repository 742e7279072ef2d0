package io.orchestrator.testkit.store;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.store.DurableStore;
import io.orchestrator.spi.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a directory of its own. */
class DurableStoreContractTest extends StoreContract {
    @TempDir
    private Path directory;

    private SystemEnvironment environment;

    @Override
    protected Store open() {
        environment = new SystemEnvironment("durable-store-test");
        return DurableStore.open(directory, environment.environment().executor());
    }

    /** Nothing is buffered for a watcher, and each of these waits for the disk. */
    @Override
    protected int writesBeyondAnyBuffer() {
        return 200;
    }

    @Override
    protected void afterClose() {
        environment.close();
    }
}
