package io.orchestrator.benchmarks.pods;

import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Ours and the peers' time of the same thing, taken in turns so that a noisy moment hits all. What takes long is done less often:
 * some of these take minutes on an engine that needs a second for a container.
 */
final class Timing {
    private final Report report;
    private final int runs;
    private final long patience;

    /**
     * @param report with columns for what, our milliseconds, our processor's, the peer's name, its milliseconds, and the ratio
     * @param runs of each thing, at the most
     * @param seconds after which no further run of it is begun
     */
    Timing(Report report, int runs, int seconds) {
        this.report = report;
        this.runs = runs;
        this.patience = TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Something that is prepared, done, and undone again; only the doing counts. */
    interface Step {
        void run(int run) throws Exception;
    }

    /**
     * How somebody does it.
     *
     * @param works one after the other, each measured by itself
     * @param after what undoes it; not measured
     */
    record Side(Step before, List<Step> works, Step after) {
        Side {
            works = List.copyOf(works);
        }

        static Side of(Step work, Step after) {
            return new Side(run -> {}, List.of(work), after);
        }

        static Side of(Step before, Step work, Step after) {
            return new Side(before, List.of(work), after);
        }
    }

    /** Somebody else who does it. */
    record Peer(String name, Side side) {}

    void compare(String what, Side ours, List<Peer> peers) throws Exception {
        compare(List.of(what), ours, peers);
    }

    void compare(String what, Side ours, String peer, Side theirs) throws Exception {
        compare(what, ours, List.of(new Peer(peer, theirs)));
    }

    /** @param things what the sides' works are */
    void compare(List<String> things, Side ours, List<Peer> peers) throws Exception {
        List<List<Done>> own = new ArrayList<>();
        List<List<List<Done>>> others = new ArrayList<>();
        peers.forEach(peer -> others.add(new ArrayList<>()));
        long begun = System.nanoTime();
        for (int run = 0; run < runs && (run == 0 || System.nanoTime() - begun < patience); run++) {
            for (int peer = 0; peer < peers.size(); peer++) {
                others.get(peer).add(once(peers.get(peer).side(), run));
            }
            own.add(once(ours, run));
        }
        for (int thing = 0; thing < things.size(); thing++) {
            double typical = median(own, thing, Done::millis);
            double processor = median(own, thing, Done::processorMillis);
            String what = things.get(thing);
            report.figure(what + ", runs", own.size())
                    .figure(what + ", ms", typical)
                    .figure(what + ", processor ms", processor);
            for (int peer = 0; peer < peers.size(); peer++) {
                String name = peers.get(peer).name();
                double its = median(others.get(peer), thing, Done::millis);
                report.row(what, typical, processor, name, its, typical / its)
                        .figure(what + " (" + name + "), ms", its)
                        .ratio(what + " beside " + name, its, typical);
            }
        }
    }

    /** How long the doing took, and what this JVM's threads used meanwhile: programs that it began are not in that. */
    private record Done(double millis, double processorMillis) {}

    private static List<Done> once(Side side, int run) throws Exception {
        side.before().run(run);
        List<Done> done = new ArrayList<>();
        for (Step work : side.works()) {
            Usage usage = Usage.begin();
            work.run(run);
            Usage.Used used = usage.end();
            done.add(new Done(used.wallSeconds() * 1_000, used.process() * 1_000));
        }
        side.after().run(run);
        return done;
    }

    private static double median(List<List<Done>> runs, int thing, ToDoubleFunction<Done> figure) {
        double[] sorted = runs.stream()
                .mapToDouble(run -> figure.applyAsDouble(run.get(thing)))
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}
