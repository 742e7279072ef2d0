package io.orchestrator.testkit.etcd;

import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three members, each to be killed, frozen and started again, on ports and directories of their own. */
public final class EtcdCluster implements AutoCloseable {
    private static final int MEMBERS = 3;

    private final List<EtcdProcess> members = new ArrayList<>();
    private final String peers;

    private EtcdCluster(List<EtcdProcess> members) {
        this.members.addAll(members);
        this.peers = members.stream().map(EtcdProcess::peer).collect(Collectors.joining(","));
    }

    /** Returns when all three serve. */
    public static EtcdCluster start() throws Exception {
        for (int attempt = 1; ; attempt++) {
            EtcdCluster cluster = prepare();
            try {
                cluster.launchAll();
                return cluster;
            } catch (BindException taken) {
                cluster.close();
                if (attempt == EtcdProcess.ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    private static EtcdCluster prepare() throws IOException {
        List<EtcdProcess> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(EtcdProcess.prepare("m" + i, "--heartbeat-interval=50", "--election-timeout=500"));
        }
        return new EtcdCluster(members);
    }

    private void launchAll() throws IOException {
        for (EtcdProcess member : members) {
            member.launch(peers);
        }
        members.forEach(EtcdProcess::awaitHealthy);
    }

    /** The URLs for clients. */
    public String[] endpoints() {
        return members.stream().map(EtcdProcess::endpoint).toArray(String[]::new);
    }

    /** One of the three. @param index from zero */
    public EtcdProcess member(int index) {
        return members.get(index);
    }

    /** Starts a killed member again and does not wait for it. */
    public void launch(EtcdProcess member) throws IOException {
        member.launch(peers);
    }

    /** Brings a killed member back; returns when it serves again. */
    public void restart(EtcdProcess member) throws Exception {
        member.launch(peers);
        member.awaitHealthy();
    }

    /** Kills all at once and brings all back. */
    public void killAllAndRestart() throws Exception {
        for (EtcdProcess member : members) {
            member.kill();
        }
        launchAll();
    }

    /** All of them, whether they run or not. */
    public List<EtcdProcess> members() {
        return List.copyOf(members);
    }

    @Override
    public void close() throws Exception {
        for (EtcdProcess member : members) {
            member.close();
        }
    }
}
