package io.orchestrator.benchmarks.pods;

import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.pods.Timing.Side;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Pods on a Docker engine beside the same containers by the engine's API alone, which keeps no state and tells nobody; and, where that
 * is asked for and can be had, beside the tasks of a Swarm service, each a container alone, all on an engine that is started for
 * this. A ratio above 1 is ours sooner.
 */
public final class PodsScenario implements Scenario {
    private static final String RAW = "raw";
    private static final String SWARM = "swarm";
    private static final int REPLICAS = 10;
    /** So many times as many there are at the most. */
    private static final int GROWTH = 5;

    private static final int PART_SECONDS = 60;

    private static final Set<String> PARTS = Set.of("one", "many", "replace", "rollout", "scale");
    private static final Set<String> PEERS = Set.of(RAW, SWARM);

    @Override
    public String name() {
        return "pods";
    }

    @Override
    public String description() {
        return "pods in containers beside the engine's own API and Swarm"
                + " [--parts one,many,replace,rollout,scale --peers raw,swarm --network own --pods --replicas --runs --seconds --image]";
    }

    @Override
    public Report run(Options options) throws Exception {
        Set<String> parts = chosen(options, "parts", "one,many,replace", PARTS);
        Set<String> peers = chosen(options, "peers", RAW, PEERS);
        String image = options.text("image", "busybox:1.36");
        if (!peers.contains(SWARM)) {
            return beside("", image, parts, options, null);
        }
        PrivateEngine engine;
        try {
            engine =
                    PrivateEngine.start(image, options.text("network", "engine").equals("own"));
        } catch (IOException e) {
            System.err.println("no Swarm is to be had here, so it is left out: " + e.getMessage());
            return beside("", image, parts, options, null);
        }
        try (engine) {
            SwarmService swarm = new SwarmService(engine.docker(), image);
            return beside(engine.host(), image, parts, options, swarm);
        }
    }

    private static Set<String> chosen(Options options, String name, String otherwise, Set<String> known) {
        Set<String> chosen = new TreeSet<>(List.of(options.text(name, otherwise).split(",")));
        if (!known.containsAll(chosen)) {
            throw new IllegalArgumentException(name + " are of " + new TreeSet<>(known) + ", not " + chosen);
        }
        return chosen;
    }

    private static Report beside(
            String host, String image, Set<String> parts, Options options, @Nullable SwarmService swarm)
            throws Exception {
        int replicas = options.number("replicas", REPLICAS);
        int pods = options.number("pods", replicas);
        boolean bare = swarm == null || options.text("peers", RAW).contains(RAW);
        Report report =
                new Report("pods", "on containers", "ours, ms", "of processor time", "peer", "its ms", "ours / its");
        Timing timing = new Timing(report, options.number("runs", 3), options.number("seconds", PART_SECONDS));
        try (Pods ours = Pods.inContainers(host, image, Math.max(pods, GROWTH * replicas));
                RawEngine raw = new RawEngine(host, image)) {
            PodsPeers peers = new PodsPeers(bare ? raw : null, swarm);
            warmUp(ours, raw, swarm);
            for (String part : parts) {
                switch (part) {
                    case "one" -> one(timing, ours, peers);
                    case "many" -> many(timing, ours, peers, pods);
                    case "replace" -> replace(timing, ours, raw, peers);
                    case "rollout" -> {
                        rollout(timing, ours, peers, replicas, 1);
                        rollout(timing, ours, peers, replicas, Math.max(1, replicas / 2));
                    }
                    default -> scale(timing, ours, peers, replicas);
                }
            }
        }
        return report;
    }

    /** Networks, images and code are there before anything is measured. */
    private static void warmUp(Pods ours, RawEngine raw, @Nullable SwarmService swarm) throws InterruptedException {
        ours.begin(0);
        ours.awaitRunning(0);
        ours.end(0);
        ours.awaitGone(0);
        raw.begin(0);
        raw.end(0);
        if (swarm != null) {
            swarm.begin(1);
            swarm.remove();
        }
    }

    private static void one(Timing timing, Pods ours, PodsPeers peers) throws Exception {
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
                peers.one());
    }

    private static void many(Timing timing, Pods ours, PodsPeers peers, int pods) throws Exception {
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
                peers.many(pods));
    }

    private static void replace(Timing timing, Pods ours, RawEngine raw, PodsPeers peers) throws Exception {
        timing.compare(
                "container killed, to the next one",
                Side.of(
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
                peers.replace());
    }

    private static void rollout(Timing timing, Pods ours, PodsPeers peers, int replicas, int width) throws Exception {
        timing.compare(
                "rolling update of " + replicas + ", " + width + " at a time",
                Side.of(run -> ours.deploy(replicas, width), run -> ours.restartAll(), run -> ours.removeDeployment()),
                peers.rollout(replicas, width));
    }

    /** Up and down in one go: each pod begins once and ends once. */
    private static void scale(Timing timing, Pods ours, PodsPeers peers, int replicas) throws Exception {
        int most = GROWTH * replicas;
        timing.compare(
                List.of("scale " + replicas + " to " + most, "scale " + most + " to " + replicas + " to none"),
                new Side(
                        run -> ours.deploy(replicas, 1),
                        List.of(run -> ours.scale(most), run -> {
                            ours.scale(replicas);
                            ours.removeDeployment();
                        }),
                        run -> {}),
                peers.scale(replicas, most));
    }

    private static void each(int pods, IntConsumer work) {
        for (int pod = 0; pod < pods; pod++) {
            work.accept(pod);
        }
    }
}
