package io.orchestrator.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.testkit.junit.RequiresDocker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** {@link FaultyHistories} on three containers, which can lose their network as well. */
@RequiresDocker
@Timeout(value = 12, unit = TimeUnit.HOURS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainedEtcdIT {
    /** Longer than the others wait for a leader before they elect. */
    private static final Duration UNTIL_ANOTHER_LEADS = Duration.ofMillis(1_500);

    private ContainedEtcd etcd;
    private FaultyHistories histories;

    @BeforeAll
    void startEtcd() throws Exception {
        etcd = ContainedEtcd.start();
        histories = new FaultyHistories(etcd.endpoints());
    }

    @AfterAll
    void stopEtcd() {
        etcd.close();
    }

    private int leader() {
        return EtcdLeader.of(etcd.endpoints());
    }

    private static void anotherLeads() {
        Awaitility.await().pollDelay(UNTIL_ANOTHER_LEADS).until(() -> true);
    }

    @Test
    void theLeaderIsKilledAndComesBack() {
        histories.check(random -> {
            int leader = leader();
            etcd.kill(leader);
            anotherLeads();
            etcd.restart(leader);
        });
        assertThat(leader()).isBetween(0, 2);
    }

    @Test
    void allAreKilledAndComeBack() {
        histories.check(random -> {
            for (int i = 0; i < 3; i++) {
                etcd.kill(i);
            }
            for (int i = 0; i < 3; i++) {
                etcd.restart(i);
            }
        });
        assertThat(leader()).isBetween(0, 2);
    }

    @Test
    void theLeaderIsPausedUntilAnotherLeads() {
        histories.check(random -> {
            int leader = leader();
            etcd.pause(leader);
            anotherLeads();
            etcd.unpause(leader);
        });
        assertThat(leader()).isBetween(0, 2);
    }

    @Test
    void theLeaderIsCutFromItsPeersAndItsClientsAndComesBack() {
        histories.check(random -> {
            int leader = leader();
            etcd.cut(leader);
            anotherLeads();
            etcd.mend(leader);
        });
        assertThat(leader()).isBetween(0, 2);
    }

    @Test
    void aFollowerIsCutOffAndComesBack() {
        histories.check(random -> {
            int follower = (leader() + 1 + random.nextInt(2)) % 3;
            etcd.cut(follower);
            anotherLeads();
            etcd.mend(follower);
        });
        assertThat(leader()).isBetween(0, 2);
    }
}
