package io.orchestrator.benchmarks.api;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.Usage;
import io.orchestrator.core.embed.Cluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Watches in process: how long after a write its event is there, and how many events come of writes that many watch. The limit
 * beside the lag is the hand-over to a parked thread, which no watch can be faster than.
 */
public final class WatchScenario implements Scenario {
    private static final long PATIENCE_SECONDS = 60;

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public String description() {
        return "write to watch event in process, and one write to many watchers [--writes --watchers --fan-out-writes]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int writes = options.number("writes", 20_000);
        int watchers = options.number("watchers", 1_000);
        int fanned = options.number("fan-out-writes", 500);
        try (Cluster cluster = Cluster.builder().nodes(0).start()) {
            Client client = cluster.client();
            lag(new Report(name(), "warm-up"), client, writes / 2);
            Report measured = new Report(name(), "what", "value", "limit", "others' processors");
            lag(measured, client, writes);
            fanOut(client, watchers, fanned / 5, new Report(name(), "warm-up"));
            fanOut(client, watchers, fanned, measured);
            return measured;
        }
    }

    /** Writes and waits for the event, again and again. */
    private static void lag(Report report, Client client, int writes) throws Exception {
        Counting seen = new Counting();
        long[] took = new long[writes];
        Usage usage = Usage.begin();
        try (Watch ignored = client.pods().watch(ListOptions.all(), seen)) {
            Pod pod = client.create(SamplePods.named("lag-" + writes));
            seen.await(1);
            for (int i = 0; i < writes; i++) {
                Pod changed = pod.withMetadata(pod.metadata().withAnnotation("count", Integer.toString(i)));
                long begun = System.nanoTime();
                pod = client.pods().update(changed);
                seen.await(1);
                took[i] = System.nanoTime() - begun;
            }
        }
        Usage.Used used = usage.end();
        Arrays.sort(took);
        double[] handOver = handOver(writes);
        double half = took[writes / 2] / 1e3;
        double worst = took[writes / 100 * 99] / 1e3;
        report.row("update and its event, p50 µs", half, handOver[0], used.others())
                .row("update and its event, p99 µs", worst, handOver[1], "")
                .figure("update and its event, p50 µs", half)
                .figure("update and its event, p99 µs", worst)
                .figure("hand-over to a parked thread, p50 µs", handOver[0])
                .figure("hand-over to a parked thread, p99 µs", handOver[1])
                .figure("processors used by others", used.others());
    }

    /** There and back between two threads: two hand-overs, of which the watch has two as well. */
    private static double[] handOver(int times) throws InterruptedException {
        Semaphore there = new Semaphore(0);
        Semaphore back = new Semaphore(0);
        Thread other = new Thread(() -> {
            for (int i = 0; i < times; i++) {
                there.acquireUninterruptibly();
                back.release();
            }
        });
        other.start();
        long[] took = new long[times];
        for (int i = 0; i < times; i++) {
            long begun = System.nanoTime();
            there.release();
            back.acquire();
            took[i] = System.nanoTime() - begun;
        }
        other.join();
        Arrays.sort(took);
        return new double[] {took[times / 2] / 1e3, took[times / 100 * 99] / 1e3};
    }

    private static void fanOut(Client client, int watchers, int writes, Report report) throws Exception {
        List<Watch> watches = new ArrayList<>();
        List<Counting> all = new ArrayList<>();
        Pod pod = client.create(SamplePods.named("fan-out-" + writes));
        String since = pod.metadata().resourceVersion();
        try {
            for (int i = 0; i < watchers; i++) {
                Counting seen = new Counting();
                all.add(seen);
                watches.add(client.pods().watch(ListOptions.all().since(since), seen));
            }
            Usage usage = Usage.begin();
            for (int i = 0; i < writes; i++) {
                pod = annotated(client, pod, i);
                for (Counting seen : all) {
                    seen.await(1);
                }
            }
            told("one write after the other", report, (double) watchers * writes, usage.end());
            usage = Usage.begin();
            for (int i = 0; i < writes; i++) {
                pod = annotated(client, pod, -i);
            }
            for (Counting seen : all) {
                seen.await(writes);
            }
            told("writes in a row", report, (double) watchers * writes, usage.end());
        } finally {
            watches.forEach(Watch::close);
        }
    }

    private static Pod annotated(Client client, Pod pod, int count) {
        return client.pods().update(pod.withMetadata(pod.metadata().withAnnotation("count", Integer.toString(count))));
    }

    private static void told(String how, Report report, double events, Usage.Used used) {
        double perSecond = events / used.wallSeconds();
        double perCpuSecond = events / used.seconds(name -> true);
        report.row("events per second, " + how, perSecond, "", used.others())
                .row("events per CPU-second, " + how, perCpuSecond, "", "")
                .figure("events per second, " + how, perSecond)
                .figure("events per CPU-second, " + how, perCpuSecond)
                .figure("processors used by others, " + how, used.others());
    }

    /** Counts what comes. */
    private static final class Counting implements WatchListener<Pod> {
        private final Semaphore events = new Semaphore(0);
        private final LongAdder failures = new LongAdder();

        @Override
        public void onEvent(WatchEvent<Pod> event) {
            events.release();
        }

        @Override
        public void onClosed(ApiException cause) {
            failures.increment();
        }

        void await(int count) throws InterruptedException {
            if (!events.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("events are missing; watches that ended: " + failures.sum());
            }
        }
    }
}
