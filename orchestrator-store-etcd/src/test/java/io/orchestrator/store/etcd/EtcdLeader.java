package io.orchestrator.store.etcd;

import io.etcd.jetcd.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** Who leads a cluster of etcd. */
final class EtcdLeader {
    private EtcdLeader() {}

    /**
     * By the word of its members, all of which run or come back; waits until they answer and one of them leads.
     *
     * @param endpoints of all members
     * @return its index among them
     */
    static int of(String... endpoints) {
        return Awaitility.await("a leader")
                .atMost(Duration.ofMinutes(2))
                // A member that does not serve yet.
                .ignoreExceptionsMatching(e -> e instanceof ExecutionException || e instanceof TimeoutException)
                .until(() -> find(endpoints), leaders -> leaders.size() == 1)
                .get(0);
    }

    private static List<Integer> find(String... endpoints) throws Exception {
        List<Integer> leaders = new ArrayList<>();
        try (Client client = Client.builder().endpoints(endpoints).build()) {
            for (int i = 0; i < endpoints.length; i++) {
                var status =
                        client.getMaintenanceClient().statusMember(endpoints[i]).get(10, TimeUnit.SECONDS);
                if (status.getHeader().getMemberId() == status.getLeader()) {
                    leaders.add(i);
                }
            }
        }
        return leaders;
    }
}
