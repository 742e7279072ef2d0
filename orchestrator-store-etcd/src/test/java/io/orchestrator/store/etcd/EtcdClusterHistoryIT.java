package io.orchestrator.store.etcd;

import io.orchestrator.testkit.etcd.EtcdCluster;
import io.orchestrator.testkit.etcd.EtcdProcess;
import io.orchestrator.testkit.junit.RequiresEtcd;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** {@link FaultyHistories} on three processes. */
@RequiresEtcd
@Timeout(value = 12, unit = TimeUnit.HOURS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EtcdClusterHistoryIT {
    private EtcdCluster etcd;
    private FaultyHistories histories;

    @BeforeAll
    void startEtcd() throws Exception {
        etcd = EtcdCluster.start();
        histories = new FaultyHistories(etcd.endpoints());
    }

    @AfterAll
    void stopEtcd() throws Exception {
        etcd.close();
    }

    private EtcdProcess leader() {
        return etcd.member(EtcdLeader.of(etcd.endpoints()));
    }

    @Test
    void aMemberThatIsKilledAndComesBack() {
        histories.check(random -> {
            EtcdProcess member = etcd.member(random.nextInt(3));
            member.kill();
            etcd.restart(member);
        });
    }

    @Test
    void theLeaderIsKilledAndComesBack() {
        histories.check(random -> {
            EtcdProcess leader = leader();
            leader.kill();
            etcd.restart(leader);
        });
    }

    @Test
    void allAreKilledAtOnceAndComeBack() {
        histories.check(random -> etcd.killAllAndRestart());
    }

    @Test
    void theLeaderFreezesUntilAnotherLeadsAndThaws() {
        histories.check(random -> {
            EtcdProcess leader = leader();
            leader.freeze();
            // Longer than the others wait for it before they elect.
            Awaitility.await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
            leader.thaw();
        });
    }
}
