package io.orchestrator.store.etcd;

import io.etcd.jetcd.Client;
import io.orchestrator.testkit.etcd.EtcdCluster;
import io.orchestrator.testkit.etcd.EtcdProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Who leads a cluster of etcd. */
final class EtcdLeader {
    private EtcdLeader() {}

    /** By the word of its members, all of which run; waits while there is none. */
    static EtcdProcess of(EtcdCluster cluster) {
        return Awaitility.await("a leader")
                .atMost(Duration.ofSeconds(30))
                .until(() -> find(cluster), leaders -> leaders.size() == 1)
                .get(0);
    }

    private static List<EtcdProcess> find(EtcdCluster cluster) throws Exception {
        List<EtcdProcess> leaders = new ArrayList<>();
        try (Client client = Client.builder().endpoints(cluster.endpoints()).build()) {
            for (EtcdProcess member : cluster.members()) {
                var status = client.getMaintenanceClient()
                        .statusMember(member.endpoint())
                        .get(10, TimeUnit.SECONDS);
                if (status.getHeader().getMemberId() == status.getLeader()) {
                    leaders.add(member);
                }
            }
        }
        return leaders;
    }
}
