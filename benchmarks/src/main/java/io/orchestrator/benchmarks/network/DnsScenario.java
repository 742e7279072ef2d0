package io.orchestrator.benchmarks.network;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.core.embed.Cluster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The cluster's DNS beside dnsmasq, both with the same names. Needs root, for port 53. */
public final class DnsScenario implements Scenario {
    private static final String DNSMASQ = "/usr/sbin/dnsmasq";
    private static final int PORT = 15_353;

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public String description() {
        return "questions for addresses of services beside dnsmasq [--services --sockets --seconds]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int services = options.number("services", 1000);
        int sockets = options.number("sockets", 16);
        Duration length = Duration.ofSeconds(options.number("seconds", 3));
        Report report = new Report(name(), "who", "questions/s", "p99 ms");
        List<byte[]> questions = new ArrayList<>();
        StringBuilder hosts =
                new StringBuilder("no-resolv\nno-hosts\nno-daemon\ncache-size=0\nlisten-address=127.0.0.1\n"
                        + "bind-interfaces\nport=" + PORT + "\n");
        try (Cluster cluster = Cluster.builder().nodes(0).start()) {
            Client client = cluster.client();
            for (int i = 0; i < services; i++) {
                String name = "service-" + i;
                Service made = client.create(Service.named(name).port(80).build());
                String whole = name + ".default.svc.cluster.local";
                questions.add(question(whole));
                hosts.append("host-record=")
                        .append(whole)
                        .append(',')
                        .append(made.spec().clusterIP())
                        .append('\n');
            }
            String address = client.inNamespace("kube-system")
                    .services()
                    .get("kube-dns")
                    .spec()
                    .clusterIP();
            InetSocketAddress server = new InetSocketAddress(address, 53);
            NameLoad.run(server, sockets, questions, length);
            NameLoad ours = NameLoad.run(server, sockets, questions, length);
            row(report, "the cluster's DNS", ours);
            if (Peer.isThere(DNSMASQ)) {
                try (Peer dnsmasq = Peer.start(hosts.toString(), DNSMASQ, "--conf-file=")) {
                    InetSocketAddress theirs = new InetSocketAddress("127.0.0.1", PORT);
                    NameLoad.run(theirs, sockets, questions, Duration.ofSeconds(1));
                    NameLoad peer = NameLoad.run(theirs, sockets, questions, length);
                    row(report, "dnsmasq", peer);
                    report.ratio("questions/s to dnsmasq", ours.perSecond(), peer.perSecond());
                }
            }
        }
        return report;
    }

    private static void row(Report report, String who, NameLoad load) {
        report.row(who, load.perSecond(), load.p99Millis());
        report.figure(who + " questions/s", load.perSecond());
        report.figure(who + " p99 ms", load.p99Millis());
    }

    private static byte[] question(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(1);
        out.writeShort(0x0100);
        out.writeShort(1);
        out.writeShort(0);
        out.writeInt(0);
        for (String label : name.split("\\.", -1)) {
            byte[] text = label.getBytes(StandardCharsets.US_ASCII);
            out.writeByte(text.length);
            out.write(text);
        }
        out.writeByte(0);
        out.writeShort(1);
        out.writeShort(1);
        return bytes.toByteArray();
    }
}
