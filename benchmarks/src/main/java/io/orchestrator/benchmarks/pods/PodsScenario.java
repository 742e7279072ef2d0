package io.orchestrator.benchmarks.pods;

import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.pods.Timing.Side;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * Pods on a Docker engine beside the same containers by the engine's API alone, which keeps no state and tells nobody. A ratio
 * above 1 is ours sooner.
 */
public final class PodsScenario implements Scenario {
    private static final String PEER = "raw API";
    private static final int REPLICAS = 10;
    /** So many times as many there are at the most. */
    private static final int GROWTH = 5;

    private static final Set<String> PARTS = Set.of("one", "many", "replace", "rollout", "scale");

    @Override
    public String name() {
        return "pods";
    }

    @Override
    public String description() {
        return "pods in containers beside the engine's own API [--parts one,many,replace,rollout,scale --pods --replicas --runs --image]";
    }

    @Override
    public Report run(Options options) throws Exception {
        Set<String> parts =
                new TreeSet<>(List.of(options.text("parts", "one,many,replace").split(",")));
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("parts are of " + new TreeSet<>(PARTS) + ", not " + parts);
        }
        int replicas = options.number("replicas", REPLICAS);
        int pods = options.number("pods", replicas);
        String image = options.text("image", "busybox:1.36");
        Report report =
                new Report(name(), "on containers", "ours, ms", "of processor time", "peer", "its ms", "ours / its");
        Timing timing = new Timing(report, options.number("runs", 3));
        try (Pods ours = Pods.inContainers(image, Math.max(pods, GROWTH * replicas));
                RawEngine raw = new RawEngine(image)) {
            warmUp(ours, raw);
            for (String part : parts) {
                switch (part) {
                    case "one" -> one(timing, ours, raw);
                    case "many" -> many(timing, ours, raw, pods);
                    case "replace" -> replace(timing, ours, raw);
                    case "rollout" -> {
                        rollout(timing, ours, raw, replicas, 1);
                        rollout(timing, ours, raw, replicas, Math.max(1, replicas / 2));
                    }
                    default -> scale(timing, ours, raw, replicas);
                }
            }
        }
        return report;
    }

    /** Networks, images and code are there before anything is measured. */
    private static void warmUp(Pods ours, RawEngine raw) {
        ours.begin(0);
        ours.awaitRunning(0);
        ours.end(0);
        ours.awaitGone(0);
        raw.begin(0);
        raw.end(0);
    }

    private static void one(Timing timing, Pods ours, RawEngine raw) throws Exception {
        timing.compare(
                "one pod, create to running",
                Side.of(
                        run -> {
                            ours.begin(run);
                            ours.awaitRunning(run);
                        },
                        run -> {
                            ours.end(run);
                            ours.awaitGone(run);
                        }),
                PEER,
                Side.of(raw::begin, raw::end));
    }

    private static void many(Timing timing, Pods ours, RawEngine raw, int pods) throws Exception {
        timing.compare(
                pods + " pods at once",
                Side.of(
                        run -> {
                            each(pods, ours::begin);
                            each(pods, ours::awaitRunning);
                        },
                        run -> {
                            each(pods, ours::end);
                            each(pods, ours::awaitGone);
                        }),
                PEER + ", 8 at a time",
                Side.of(
                        run -> raw.each(0, pods, RawEngine.AT_A_TIME, raw::begin),
                        run -> raw.each(0, pods, RawEngine.AT_A_TIME, raw::end)));
    }

    private static void replace(Timing timing, Pods ours, RawEngine raw) throws Exception {
        timing.compare(
                "container killed, to the next one",
                new Side(
                        run -> {
                            ours.begin(run);
                            ours.awaitRunning(run);
                        },
                        run -> {
                            raw.killOther(ours.container(run));
                            ours.awaitRestarted(run);
                        },
                        run -> {
                            ours.end(run);
                            ours.awaitGone(run);
                        }),
                PEER,
                new Side(raw::begin, raw::replaceKilled, raw::end));
    }

    private static void rollout(Timing timing, Pods ours, RawEngine raw, int replicas, int width) throws Exception {
        timing.compare(
                "rolling update of " + replicas + ", " + width + " at a time",
                new Side(run -> ours.deploy(replicas, width), run -> ours.restartAll(), run -> ours.removeDeployment()),
                PEER,
                new Side(
                        run -> raw.each(0, replicas, RawEngine.AT_A_TIME, raw::begin),
                        run -> raw.each(0, replicas, width, pod -> {
                            raw.end(pod);
                            raw.begin(pod);
                        }),
                        run -> raw.each(0, replicas, RawEngine.AT_A_TIME, raw::end)));
    }

    private static void scale(Timing timing, Pods ours, RawEngine raw, int replicas) throws Exception {
        int most = GROWTH * replicas;
        timing.compare(
                "scale " + replicas + " to " + most,
                new Side(run -> ours.deploy(replicas, 1), run -> ours.scale(most), run -> ours.removeDeployment()),
                PEER + ", 8 at a time",
                new Side(
                        run -> raw.each(0, replicas, RawEngine.AT_A_TIME, raw::begin),
                        run -> raw.each(replicas, most, RawEngine.AT_A_TIME, raw::begin),
                        run -> raw.each(0, most, RawEngine.AT_A_TIME, raw::end)));
        timing.compare(
                "scale " + most + " to " + replicas + " to none",
                new Side(
                        run -> ours.deploy(most, 1),
                        run -> {
                            ours.scale(replicas);
                            ours.removeDeployment();
                        },
                        run -> {}),
                PEER + ", 8 at a time",
                new Side(
                        run -> raw.each(0, most, RawEngine.AT_A_TIME, raw::begin),
                        run -> {
                            raw.each(replicas, most, RawEngine.AT_A_TIME, raw::end);
                            raw.each(0, replicas, RawEngine.AT_A_TIME, raw::end);
                        },
                        run -> {}));
    }

    private static void each(int pods, IntConsumer work) {
        for (int pod = 0; pod < pods; pod++) {
            work.accept(pod);
        }
    }
}
