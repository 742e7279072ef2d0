package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.testkit.history.HistoryRun;
import io.orchestrator.testkit.history.Operation;
import io.orchestrator.testkit.history.Outcome;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * Histories of clients and watchers on an etcd that is broken meanwhile, each checked for one order that explains all of it. One of
 * each fault in a build; {@code -Detcd.histories=1000} for more, and {@code -Detcd.seed=1000} for others than the first thousand.
 */
final class FaultyHistories {
    private static final int HISTORIES = Integer.getInteger("etcd.histories", 1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** For one history from its beginning to its verdict, however busy the machine is. */
    private static final Duration BOUND = Duration.ofMinutes(15);

    private static final int CLIENTS = 5;
    private static final int CALLS = 120;
    /** When the fault strikes, of all the calls that are to be made. */
    private static final int BEFORE_THE_FAULT = CLIENTS * CALLS / 5;

    private final String[] endpoints;
    private int runs = Integer.getInteger("etcd.seed", 0);

    /** @param endpoints of all members */
    FaultyHistories(String... endpoints) {
        this.endpoints = endpoints.clone();
    }

    /** A fault, from its beginning to where the member is on its way back. */
    interface Breaking {
        void strike(Random random) throws Exception;
    }

    void check(Breaking breaking) {
        for (int i = 0; i < HISTORIES; i++) {
            int seed = ++runs;
            assertTimeoutPreemptively(BOUND, () -> check(breaking, seed), () -> "history " + seed);
        }
    }

    private void check(Breaking breaking, int seed) throws Exception {
        try (EtcdStore store = EtcdStore.at(endpoints)
                .namespace("/history-" + seed)
                .deadline(Duration.ofSeconds(2))
                .pingEvery(Duration.ofMillis(500))
                .open()) {
            // The first call connects, which takes longer than the others.
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(StoreException.Unavailable.class)
                    .until(store::revision, revision -> revision > 0);
            HistoryRun run = new HistoryRun(store, new StoreKey("/things/"), CLIENTS, seed, PATIENCE);
            run.phase(store, CALLS, done -> {
                HistoryRun.await(done, BEFORE_THE_FAULT);
                breaking.strike(new Random(seed));
            });
            assertThat(run.violations(store)).as("history %d", seed).isEmpty();
            assertThat(run.history().operations())
                    .as("most calls were answered, in spite of the fault")
                    .filteredOn(FaultyHistories::wasAnswered)
                    .hasSizeGreaterThan(BEFORE_THE_FAULT);
        }
    }

    private static boolean wasAnswered(Operation operation) {
        return !(operation.outcome() instanceof Outcome.Unknown);
    }
}
