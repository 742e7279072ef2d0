package io.orchestrator.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.store.StoreKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One history over several processes on one directory, each killed with -9 in the midst of the calls of its clients: what anybody
 * was told, by an answer, a read or a watch, is true in the next one. {@code -Dstore.histories=1000} for so many kills.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class DurableStoreKillHistoryIT {
    private static final int KILLS = Integer.getInteger("store.histories", 3);
    private static final int KILLS_PER_HISTORY = 3;
    private static final StoreKey PREFIX = new StoreKey("/registry/things/");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CLIENTS = 6;
    private static final int CALLS = 200;

    @Test
    void aHistoryOverKilledProcessesIsLinearizable(@TempDir Path directory) throws Exception {
        for (int seed = 0; seed * KILLS_PER_HISTORY < KILLS; seed++) {
            check(directory.resolve(Integer.toString(seed)), seed);
        }
    }

    private static void check(Path directory, int seed) throws Exception {
        Random random = new Random(seed);
        HistoryRun run = null;
        for (int kill = 0; kill < KILLS_PER_HISTORY; kill++) {
            try (StoreProcess store = StoreProcess.start(directory)) {
                if (run == null) {
                    run = new HistoryRun(store, PREFIX, CLIENTS, seed, PATIENCE);
                }
                run.phase(store, CALLS, done -> {
                    HistoryRun.await(done, 1 + random.nextInt(CLIENTS * CALLS / 2));
                    store.kill();
                });
            }
        }
        try (StoreProcess store = StoreProcess.start(directory)) {
            assertThat(run).isNotNull();
            assertThat(run.violations(store)).as("seed %d", seed).isEmpty();
            assertThat(run.history().operations())
                    .as("some call was under way when its process was killed")
                    .anyMatch(operation -> operation.outcome() instanceof Outcome.Unknown);
        }
    }
}
