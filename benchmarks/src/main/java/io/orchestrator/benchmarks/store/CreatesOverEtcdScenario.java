package io.orchestrator.benchmarks.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Rates;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.Usage;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.store.etcd.EtcdStore;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates through the API (admitted, validated, accounted) with etcd behind it, beside bare jetcd puts of a kilobyte, in turn. Both
 * are warmed up: code that is not compiled yet would be most of what a few thousand creates cost. A create is much more code than a
 * put and is warmed up on a store in memory before, so that etcd does not hold more for it.
 *
 * <p>An etcd of its own for the peer keeps the two apart: what many puts within a moment leave in an etcd 3.4 makes each transaction
 * slower from then on.
 */
public final class CreatesOverEtcdScenario implements Scenario {
    private static final List<Integer> WRITERS = List.of(1, 16, 64);
    private static final int WARM_UP_WRITERS = 16;
    private static final String TEXT = "x".repeat(700);

    @Override
    public String name() {
        return "creates-etcd";
    }

    @Override
    public String description() {
        return "creates of config maps over etcd beside bare jetcd puts [--endpoint --peer-endpoint --creates --rounds"
                + " --warm-up --warm-up-in-memory]";
    }

    @Override
    public Report run(Options options) throws Exception {
        String endpoint = options.text("endpoint", "http://127.0.0.1:2379");
        String theirEndpoint = options.text("peer-endpoint", endpoint);
        int creates = options.number("creates", 2_000);
        int rounds = options.number("rounds", 3);
        String namespace = "/creates-" + ProcessHandle.current().pid();
        warmUpInMemory(options.number("warm-up-in-memory", 40_000));
        Report report = new Report(name(), "per second", "ours", "peer", "theirs", "ratio");
        try (Client client = Client.builder().endpoints(theirEndpoint).build();
                Cluster cluster = Cluster.builder()
                        .store(EtcdStore.at(endpoint).namespace(namespace).open())
                        .runtime(environment -> new SimulatedRuntime(environment).withAllImages())
                        .start()) {
            Side ours = new Side(key -> create(cluster, key));
            Side theirs = new Side(key -> put(client, namespace + "/raw/" + key));
            Side conditional = new Side(key -> createBare(client, namespace + "/bare/" + key));
            List<Side> sides = List.of(ours, theirs, conditional);
            int warmUp = options.number("warm-up", 12_000);
            for (Side side : sides) {
                side.run(WARM_UP_WRITERS, warmUp);
            }
            for (int writers : WRITERS) {
                sides.forEach(Side::forget);
                for (int round = 0; round < rounds; round++) {
                    for (Side side : sides) {
                        side.run(writers, creates);
                    }
                }
                report.compare(writers + " writers", ours.perSecond(), "jetcd put", theirs.perSecond());
                report.row("  processor, µs each", ours.micros(), "", theirs.micros());
                report.figure(writers + " writers, processor µs", ours.micros());
                report.figure(writers + " writers, processor µs (jetcd put)", theirs.micros());
                explain(report, writers, conditional, theirs);
            }
            reportTraffic(report, "a create", ours, endpoint, creates);
            reportTraffic(report, "a put", theirs, theirEndpoint, creates);
        } finally {
            EtcdCleaner.removeAll(endpoint, namespace);
            EtcdCleaner.removeAll(theirEndpoint, namespace);
        }
        return report;
    }

    private static void warmUpInMemory(int creates) throws Exception {
        try (Cluster cluster = Cluster.builder()
                .runtime(environment -> new SimulatedRuntime(environment).withAllImages())
                .start()) {
            new Side(key -> create(cluster, key)).run(WARM_UP_WRITERS, creates);
        }
    }

    /** What the condition costs that makes a put a create, in etcd and in jetcd: a part of what is between us and the peer. */
    private static void explain(Report report, int writers, Side conditional, Side theirs) {
        double rate = conditional.perSecond();
        report.row("  bare jetcd creates", rate, "jetcd put", theirs.perSecond(), rate / theirs.perSecond());
        report.figure(writers + " writers (jetcd create)", rate);
        report.figure(writers + " writers, processor µs (jetcd create)", conditional.micros());
    }

    /** Of everybody who uses this etcd meanwhile. */
    private static void reportTraffic(Report report, String what, Side side, String endpoint, int count)
            throws Exception {
        EtcdTraffic before = EtcdTraffic.of(endpoint);
        side.run(WARM_UP_WRITERS, count);
        EtcdTraffic each = EtcdTraffic.of(endpoint).each(before, count);
        report.row("etcd, for " + what + ": requests", each.requests());
        report.row("  bytes in", each.received());
        report.row("  bytes out", each.sent());
        report.figure(what + ", requests", each.requests());
    }

    private static void create(Cluster cluster, String name) {
        cluster.client().create(ConfigMap.named("c-" + name).data("text", TEXT).build());
    }

    private static void put(Client client, String key) throws Exception {
        client.getKVClient()
                .put(ByteSequence.from(key, StandardCharsets.UTF_8), ByteSequence.from(new byte[1_024]))
                .get(10, TimeUnit.SECONDS);
    }

    /** A transaction of the shape that the store's is of: put where nothing stands, else tell what stands there. */
    private static void createBare(Client client, String name) throws Exception {
        ByteSequence key = ByteSequence.from(name, StandardCharsets.UTF_8);
        boolean created = client.getKVClient()
                .txn()
                .If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(0)))
                .Then(Op.put(key, ByteSequence.from(new byte[1_024]), PutOption.DEFAULT))
                .Else(Op.get(key, GetOption.DEFAULT))
                .commit()
                .get(10, TimeUnit.SECONDS)
                .isSucceeded();
        if (!created) {
            throw new IllegalStateException(name + " stands already");
        }
    }

    /** Something that is written under one name after the other, and what that took since it was last forgotten. */
    private static final class Side {
        private interface Write {
            void write(String name) throws Exception;
        }

        private final Write write;
        private final AtomicInteger names = new AtomicInteger();
        private int done;
        private double seconds;
        private double processor;

        Side(Write write) {
            this.write = write;
        }

        void forget() {
            done = 0;
            seconds = 0;
            processor = 0;
        }

        void run(int writers, int count) throws Exception {
            int each = count / writers;
            Usage usage = Usage.begin();
            double rate = Rates.perSecond(
                    writers, each, (thread, i) -> write.write(Integer.toString(names.incrementAndGet())));
            processor += usage.end().process();
            done += each * writers;
            seconds += each * writers / rate;
        }

        double perSecond() {
            return done / seconds;
        }

        /** Processor time of this process, its compilers and collectors included. */
        double micros() {
            return processor * 1e6 / done;
        }
    }
}
