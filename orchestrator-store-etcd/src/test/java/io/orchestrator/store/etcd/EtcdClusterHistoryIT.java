package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.testkit.etcd.EtcdCluster;
import io.orchestrator.testkit.etcd.EtcdProcess;
import io.orchestrator.testkit.history.HistoryRun;
import io.orchestrator.testkit.history.Operation;
import io.orchestrator.testkit.history.Outcome;
import io.orchestrator.testkit.junit.RequiresEtcd;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Histories of clients and watchers on a cluster of three that is broken meanwhile, each checked for one order that explains all of
 * it. One of each fault in a build; {@code -Detcd.histories=1000} for more.
 */
@RequiresEtcd
@Timeout(value = 3, unit = TimeUnit.HOURS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EtcdClusterHistoryIT {
    private static final int HISTORIES = Integer.getInteger("etcd.histories", 1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CLIENTS = 5;
    private static final int CALLS = 120;
    /** When the fault strikes, of all the calls that are to be made. */
    private static final int BEFORE_THE_FAULT = CLIENTS * CALLS / 5;

    private EtcdCluster etcd;
    private int runs;

    @BeforeAll
    void startEtcd() throws Exception {
        etcd = EtcdCluster.start();
    }

    @AfterAll
    void stopEtcd() throws Exception {
        etcd.close();
    }

    @Test
    void aMemberThatIsKilledAndComesBack() throws Exception {
        check(random -> {
            EtcdProcess member = etcd.member(random.nextInt(3));
            member.kill();
            etcd.restart(member);
        });
    }

    @Test
    void theLeaderIsKilledAndComesBack() throws Exception {
        check(random -> {
            EtcdProcess leader = EtcdLeader.of(etcd);
            leader.kill();
            etcd.restart(leader);
        });
    }

    @Test
    void allAreKilledAtOnceAndComeBack() throws Exception {
        check(random -> etcd.killAllAndRestart());
    }

    @Test
    void theLeaderFreezesUntilAnotherLeadsAndThaws() throws Exception {
        check(random -> {
            EtcdProcess leader = EtcdLeader.of(etcd);
            leader.freeze();
            // Longer than the others wait for it before they elect.
            Awaitility.await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
            leader.thaw();
        });
    }

    private interface Breaking {
        void strike(Random random) throws Exception;
    }

    private void check(Breaking breaking) throws Exception {
        for (int i = 0; i < HISTORIES; i++) {
            int seed = ++runs;
            try (EtcdStore store = EtcdStore.at(etcd.endpoints())
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
                        .filteredOn(EtcdClusterHistoryIT::wasAnswered)
                        .hasSizeGreaterThan(BEFORE_THE_FAULT);
            }
        }
    }

    private static boolean wasAnswered(Operation operation) {
        return !(operation.outcome() instanceof Outcome.Unknown);
    }
}
