package io.orchestrator.samples.cluster;

import io.orchestrator.testkit.etcd.EtcdCluster;
import io.orchestrator.testkit.etcd.EtcdProcess;
import io.orchestrator.testkit.network.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three members of etcd, control planes and nodes, each a process that may be killed and started again. */
final class ChaosCluster implements AutoCloseable {
    private static final String TOKEN = "abcdef.0123456789abcdef";

    private final Path folder;
    private final EtcdCluster etcd;
    private final List<URI> servers = new ArrayList<>();
    private final List<Member> planes = new ArrayList<>();
    private final List<Member> nodes = new ArrayList<>();

    private ChaosCluster(Path folder, EtcdCluster etcd) {
        this.folder = folder;
        this.etcd = etcd;
    }

    static ChaosCluster start(Path folder, int planes, int nodes) throws Exception {
        ChaosCluster cluster = new ChaosCluster(folder, EtcdCluster.start());
        try {
            cluster.startPlanes(planes);
            cluster.startNodes(nodes);
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void startPlanes(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            servers.add(URI.create("https://127.0.0.1:" + FreePort.find()));
        }
        for (int i = 0; i < count; i++) {
            String name = "plane-" + i;
            List<String> words = new ArrayList<>(List.of("--name", name));
            words.addAll(List.of("--port", Integer.toString(servers.get(i).getPort())));
            words.addAll(List.of("--store", "etcd:" + String.join(",", etcd.endpoints())));
            if (i == 0) {
                words.addAll(List.of("--join-token", TOKEN));
            }
            Path own = folder.resolve(name);
            planes.add(new Member(name, () -> Launched.controlPlane(own, words.toArray(String[]::new))));
            // The first one makes what a cluster has but once, and the token.
            planes.get(i).launched.untilItSays(i == 0 ? "to join: " : "server: ");
        }
    }

    private void startNodes(int count) throws Exception {
        String hash = planes.get(0).launched.output().replaceAll("(?s).*--ca-cert-hash (sha256:[0-9a-f]{64}).*", "$1");
        String join = servers.stream().map(URI::toString).collect(Collectors.joining(","));
        for (int i = 0; i < count; i++) {
            String name = "node-" + i;
            String[] words = {"--runtime", "process", "--join", join, "--token", TOKEN, "--ca-cert-hash", hash};
            nodes.add(new Member(name, () -> Launched.node(folder.resolve(name), name, words)));
        }
        for (Member node : nodes) {
            node.launched.untilItSays("has joined");
        }
    }

    List<URI> servers() {
        return servers;
    }

    Path kubeconfig() {
        return planes.get(0).launched.kubeconfig();
    }

    /** All that can be killed. */
    List<Victim> victims() {
        List<Victim> victims = new ArrayList<>();
        victims.addAll(planes);
        victims.addAll(nodes);
        for (EtcdProcess member : etcd.members()) {
            victims.add(new EtcdVictim(etcd, member));
        }
        return victims;
    }

    /** Waits until each process that was started last serves. */
    void untilAllServe() {
        etcd.members().forEach(EtcdProcess::awaitHealthy);
        planes.forEach(plane -> plane.launched.untilItSays("server: "));
        nodes.forEach(node -> node.launched.untilItSays("has joined"));
    }

    /** Asks the nodes to end, as SIGTERM does. @return how they ended */
    List<Integer> terminateNodes() throws Exception {
        List<Integer> codes = new ArrayList<>();
        for (Member node : nodes) {
            codes.add(node.launched.terminate());
        }
        return codes;
    }

    @Override
    public void close() throws Exception {
        for (Member node : nodes) {
            node.launched.close();
        }
        for (Member plane : planes) {
            plane.launched.close();
        }
        etcd.close();
        // Where a test failed they are still there: their nodes were killed, and had no time to stop them.
        PodProcesses.end(folder);
    }

    /** A process that is killed without a word and started again. */
    interface Victim {
        String name();

        /** Returns when it is on its way again, not when it serves. */
        void killAndStart() throws Exception;
    }

    /** Starts a process of the launcher. */
    private interface Start {
        Launched run() throws IOException;
    }

    private static final class Member implements Victim {
        private final String name;
        private final Start start;
        private Launched launched;

        Member(String name, Start start) throws IOException {
            this.name = name;
            this.start = start;
            this.launched = start.run();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void killAndStart() throws Exception {
            launched.kill();
            launched = start.run();
        }
    }

    private record EtcdVictim(EtcdCluster cluster, EtcdProcess member) implements Victim {
        @Override
        public String name() {
            return "etcd " + member.endpoint();
        }

        @Override
        public void killAndStart() throws Exception {
            member.kill();
            cluster.launch(member);
        }
    }
}
