package io.orchestrator.benchmarks.pods;

import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Ours and the peer's time of the same thing, taken in turns so that a noisy moment hits both. */
final class Timing {
    private final Report report;
    private final int runs;

    /** @param report with columns for what, our milliseconds, our processor's, the peer's name, its milliseconds, and the ratio */
    Timing(Report report, int runs) {
        this.report = report;
        this.runs = runs;
    }

    /** Something that is prepared, done, and undone again; only the doing counts. */
    interface Step {
        void run(int run) throws Exception;
    }

    /** @param after what undoes it; not measured */
    record Side(Step before, Step work, Step after) {
        static Side of(Step work, Step after) {
            return new Side(run -> {}, work, after);
        }
    }

    void compare(String what, Side ours, String peer, Side theirs) throws Exception {
        List<Double> own = new ArrayList<>();
        List<Double> other = new ArrayList<>();
        double processor = 0;
        for (int run = 0; run < runs; run++) {
            other.add(once(theirs, run));
            Usage usage = Usage.begin();
            own.add(once(ours, run));
            processor += usage.end().process() * 1_000 / runs;
        }
        double mine = median(own);
        double its = median(other);
        report.row(what, mine, processor, peer, its, mine / its)
                .figure(what + ", ms", mine)
                .figure(what + ", processor ms", processor)
                .figure(what + " (" + peer + "), ms", its)
                .ratio(what, its, mine);
    }

    private static double once(Side side, int run) throws Exception {
        side.before().run(run);
        long begun = System.nanoTime();
        side.work().run(run);
        double millis = (System.nanoTime() - begun) / 1e6;
        side.after().run(run);
        return millis;
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
