package io.orchestrator.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.store.DurableStore;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Histories of six clients on the stores of this JVM. So many as the build can afford; {@code -Dstore.histories=1000} for more.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class StoreHistoryTest {
    private static final int HISTORIES = Integer.getInteger("store.histories", 20);
    private static final StoreKey PREFIX = new StoreKey("/registry/things/");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CLIENTS = 6;

    private final SystemEnvironment environment = new SystemEnvironment("store-history-test");
    private final Executor sinks = environment.environment().executor();

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void theMemoryStoreIsLinearizable() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            try (Store store = new MemoryStore(sinks)) {
                HistoryRun run = new HistoryRun(store, PREFIX, CLIENTS, seed, PATIENCE);
                run.phase(store, 200, HistoryRun.Fault.none());
                assertThat(run.violations(store)).as("seed %d", seed).isEmpty();
            }
        }
    }

    @Test
    void theDurableStoreIsLinearizableOverClosesInTheMiddleOfWrites(@TempDir Path directory) throws Exception {
        boolean wasInTheMiddle = false;
        for (int seed = 0; seed < HISTORIES; seed++) {
            Path path = directory.resolve(Integer.toString(seed));
            HistoryRun run;
            try (Store store = DurableStore.open(path, sinks)) {
                run = new HistoryRun(store, PREFIX, CLIENTS, seed, PATIENCE);
                run.phase(store, 30, done -> {
                    HistoryRun.await(done, 60);
                    store.close();
                });
            }
            try (Store store = DurableStore.open(path, sinks)) {
                run.phase(store, 30, HistoryRun.Fault.none());
                assertThat(run.violations(store)).as("seed %d", seed).isEmpty();
            }
            wasInTheMiddle |= run.history().operations().stream()
                    .anyMatch(operation -> operation.outcome() instanceof Outcome.NotDone);
        }
        assertThat(wasInTheMiddle).as("calls met a closed store").isTrue();
    }
}
