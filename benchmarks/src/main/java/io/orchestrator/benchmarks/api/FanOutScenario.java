package io.orchestrator.benchmarks.api;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One write to many watchers, each on a connection of its own: how many events a second, and what one costs the server. The limit
 * beside it is the same watched over the same connections without TLS.
 */
public final class FanOutScenario implements Scenario {
    private static final String READING = "asking-";
    private static final long PATIENCE_SECONDS = 60;

    @Override
    public String name() {
        return "watch-http";
    }

    @Override
    public String description() {
        return "one write to many watchers over connections, with TLS and without [--watchers --writes --warm-up]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int watchers = options.number("watchers", 200);
        int writes = options.number("writes", 300);
        int warmUp = options.number("warm-up", 300);
        Report report =
                new Report(name(), "what", "events per second", "CPU µs an event", "cleartext", "CPU µs", "others");
        try (ServedSides served = new ServedSides()) {
            Fan secure = new Fan(served.client(), served.secure(), watchers);
            Fan plain = new Fan(served.client(), served.cleartext(), watchers);
            secure.run(warmUp, false);
            plain.run(warmUp, false);
            told("each write after the one before", report, secure.run(writes, true), plain.run(writes, true));
            told("writes in a row", report, secure.run(writes, false), plain.run(writes, false));
        }
        return report;
    }

    private static void told(String how, Report report, Rate secure, Rate plain) {
        report.row(how, secure.perSecond(), secure.micros(), plain.perSecond(), plain.micros(), secure.others())
                .figure("events per second over HTTPS, " + how, secure.perSecond())
                .figure("CPU µs of the server an event over HTTPS, " + how, secure.micros())
                .figure("events per second in cleartext, " + how, plain.perSecond())
                .figure("CPU µs of the server an event in cleartext, " + how, plain.micros())
                .figure("processors used by others, " + how, secure.others());
    }

    /** @param micros processor time an event, of all threads but those that read; the writer's is in it */
    private record Rate(double perSecond, double micros, double others) {}

    /** So many watchers of one pod. */
    private record Fan(Client client, Endpoint endpoint, int watchers) {

        /** @param pause whether each write waits until all have seen the one before */
        Rate run(int writes, boolean pause) throws Exception {
            String name = "fanned-" + System.nanoTime();
            Pod pod = client.create(SamplePods.named(name));
            String path = SamplePods.PATH + "?watch=true&fieldSelector=metadata.name%3D" + name + "&resourceVersion="
                    + pod.metadata().resourceVersion();
            List<WatchConnection> all = new ArrayList<>();
            try {
                for (int i = 0; i < watchers; i++) {
                    all.add(new WatchConnection(endpoint, path, READING + i));
                }
                Usage usage = Usage.begin();
                for (int i = 0; i < writes; i++) {
                    pod = client.pods()
                            .update(pod.withMetadata(pod.metadata().withAnnotation("count", Integer.toString(i))));
                    await(all, pause ? 1 : 0);
                }
                await(all, pause ? 0 : writes);
                Usage.Used used = usage.end();
                double events = (double) writes * watchers;
                return new Rate(
                        events / used.wallSeconds(),
                        used.seconds(thread -> !thread.startsWith(READING)) * 1e6 / events,
                        used.others());
            } finally {
                for (WatchConnection each : all) {
                    each.close();
                }
                client.pods().delete(name);
            }
        }

        private static void await(List<WatchConnection> all, int events) throws InterruptedException {
            for (WatchConnection each : all) {
                if (!each.seen().tryAcquire(events, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("events are missing");
                }
            }
        }
    }
}
