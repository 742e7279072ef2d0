package io.orchestrator.benchmarks.pods;

import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.Usage;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a whole cluster with its agent uses of the machine while its pods run and nothing happens; the limit is a hundredth of a core. */
public final class IdlePodsScenario implements Scenario {
    private static final double LIMIT = 1;
    /** What the pods' start leaves the JVM's compilers to do, and what watchers are told of it late, is over by then. */
    private static final int REST_SECONDS = 120;

    @Override
    public String name() {
        return "pods-idle";
    }

    @Override
    public String description() {
        return "processor and memory of a cluster whose pods rest [--pods --rest --seconds --runtime docker|process --image]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int pods = options.number("pods", 100);
        int seconds = options.number("seconds", 30);
        String runtime = options.text("runtime", "docker");
        try (Pods ours = runtime.equals("process")
                ? Pods.asProcesses(pods)
                : Pods.inContainers(options.text("image", "busybox:1.36"), pods)) {
            for (int pod = 0; pod < pods; pod++) {
                ours.begin(pod);
            }
            for (int pod = 0; pod < pods; pod++) {
                ours.awaitRunning(pod);
            }
            pass(options.number("rest", REST_SECONDS));
            System.gc();
            Usage usage = Usage.begin();
            pass(seconds);
            Usage.Used used = usage.end();
            double percent = 100 * used.process() / used.wallSeconds();
            System.gc();
            double heap =
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
            String what = pods + " idle pods (" + runtime + ")";
            return new Report(name(), what, "measured", "limit")
                    .row("% of a core", percent, LIMIT)
                    .row("of that by its own threads", 100 * used.seconds(name -> true) / used.wallSeconds(), "")
                    .row("others' processors", used.others(), "")
                    .row("heap, MB", heap, "")
                    .row("threads", (double) ManagementFactory.getThreadMXBean().getThreadCount(), "")
                    .figure(what + ", % of a core", percent)
                    .figure(what + ", heap MB", heap)
                    .ratio("limit to " + what, LIMIT, percent);
        }
    }

    private static void pass(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
