package io.orchestrator.benchmarks.api;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.schema.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * What a pod costs of the heap, all that a cluster keeps of it included: the store, the watch cache and the control plane's
 * informers. Each pod runs: its node has reported a status of two containers. Once as records that a host hands in and that share
 * their spec, once as bodies that were decoded one by one. Nobody has read them over HTTP: a reader adds the bytes of their JSON,
 * which are beside it as the limit.
 */
public final class HeapScenario implements Scenario {
    private static final double MIB = 1024 * 1024;
    private static final int ASKED_FOR = 150_000;

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public String description() {
        return "heap of a cluster by pods, beside the bytes of their JSON [--pods]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int pods = options.number("pods", 50_000);
        ObjectCodec codec = new ObjectCodec(new Schemas());
        Report report = new Report(name(), "pods", "bytes each", "JSON alone", "ratio", "MiB of " + ASKED_FOR);
        Pod template = SamplePods.named("NAME");
        measure(
                report,
                "handed in as records",
                pods,
                codec,
                i -> template.withMetadata(template.metadata().withName("pod-" + i)));
        String json = new String(codec.encode(template), StandardCharsets.UTF_8);
        measure(
                report,
                "decoded each by itself",
                pods,
                codec,
                i -> codec.decode(
                        json.replace("\"NAME\"", "\"pod-" + i + "\"").getBytes(StandardCharsets.UTF_8), Pod.class));
        return report;
    }

    private static void measure(Report report, String what, int pods, ObjectCodec codec, IntFunction<Pod> source)
            throws InterruptedException {
        try (Cluster cluster = Cluster.builder().nodes(0).start()) {
            Client client = cluster.client();
            client.pods().list(ListOptions.all());
            long empty = used();
            int bytes = 0;
            for (int i = 0; i < pods; i++) {
                Pod created = client.create(source.apply(i));
                Pod running = client.pods().updateStatus(reported(codec, SamplePods.running(created, i)));
                bytes = i == 0 ? codec.encode(running).length : bytes;
            }
            // The control plane's own readers are behind by a moment.
            LockSupport.parkNanos(2_000_000_000L);
            double each = (double) (used() - empty) / pods;
            report.row(what, each, bytes, each / bytes, each * ASKED_FOR / MIB)
                    .figure(what + ", bytes of heap each", each)
                    .figure("bytes of JSON", bytes)
                    .figure(what + ", MiB of " + ASKED_FOR, each * ASKED_FOR / MIB)
                    .ratio("JSON to heap, " + what, bytes, each);
        }
    }

    /** As a node of another process sends it: nothing of it is shared with what stands there. */
    private static Pod reported(ObjectCodec codec, Pod pod) {
        return codec.decode(codec.encode(pod), Pod.class);
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            LockSupport.parkNanos(100_000_000L);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
