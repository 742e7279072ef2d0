package io.orchestrator.store.etcd;

import io.etcd.jetcd.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Three members, each to be killed, frozen and started again, on ports and directories of their own. */
final class EtcdCluster implements AutoCloseable {
    private static final int MEMBERS = 3;

    private final List<EtcdProcess> members = new ArrayList<>();
    private final String peers;

    private EtcdCluster(List<EtcdProcess> members) {
        this.members.addAll(members);
        this.peers = members.stream().map(EtcdProcess::peer).collect(Collectors.joining(","));
    }

    static EtcdCluster start() throws Exception {
        List<EtcdProcess> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(EtcdProcess.prepare("m" + i, "--heartbeat-interval=50", "--election-timeout=500"));
        }
        EtcdCluster cluster = new EtcdCluster(members);
        for (EtcdProcess member : members) {
            member.launch(cluster.peers);
        }
        members.forEach(EtcdProcess::awaitHealthy);
        return cluster;
    }

    String[] endpoints() {
        return members.stream().map(EtcdProcess::endpoint).toArray(String[]::new);
    }

    EtcdProcess member(int index) {
        return members.get(index);
    }

    /** Brings a killed member back; returns when it serves again. */
    void restart(EtcdProcess member) throws Exception {
        member.launch(peers);
        member.awaitHealthy();
    }

    /** Kills all at once and brings all back. */
    void killAllAndRestart() throws Exception {
        for (EtcdProcess member : members) {
            member.kill();
        }
        for (EtcdProcess member : members) {
            member.launch(peers);
        }
        members.forEach(EtcdProcess::awaitHealthy);
    }

    /** Who leads now, by the word of those that run; waits while there is none. */
    EtcdProcess leader() {
        return Awaitility.await("a leader")
                .atMost(Duration.ofSeconds(30))
                .until(this::findLeaders, leaders -> leaders.size() == 1)
                .get(0);
    }

    private List<EtcdProcess> findLeaders() throws Exception {
        List<EtcdProcess> leaders = new ArrayList<>();
        try (Client client = Client.builder().endpoints(endpoints()).build()) {
            for (EtcdProcess member : members) {
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

    @Override
    public void close() throws Exception {
        for (EtcdProcess member : members) {
            member.close();
        }
    }
}
