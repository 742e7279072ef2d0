package io.orchestrator.benchmarks.pods;

import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.benchmarks.pods.Timing.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Pods as processes of this machine, beside the same processes begun one after the other by the JDK. */
public final class ProcessPodsScenario implements Scenario {
    private static final int SECONDS = 120;

    @Override
    public String name() {
        return "pods-processes";
    }

    @Override
    public String description() {
        return "pods as processes beside fork and exec of the same [--pods --runs]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int pods = options.number("pods", 100);
        Report report =
                new Report(name(), "as processes", "ours, ms", "of processor time", "peer", "its ms", "ours / its");
        List<Process> bare = new ArrayList<>();
        try (Pods ours = Pods.asProcesses(pods)) {
            ours.begin(0);
            ours.awaitRunning(0);
            ours.end(0);
            ours.awaitGone(0);
            new Timing(report, options.number("runs", 3), options.number("seconds", SECONDS))
                    .compare(
                            pods + " pods at once",
                            Side.of(
                                    run -> {
                                        for (int pod = 0; pod < pods; pod++) {
                                            ours.begin(pod);
                                        }
                                        for (int pod = 0; pod < pods; pod++) {
                                            ours.awaitRunning(pod);
                                        }
                                    },
                                    run -> {
                                        for (int pod = 0; pod < pods; pod++) {
                                            ours.end(pod);
                                        }
                                        for (int pod = 0; pod < pods; pod++) {
                                            ours.awaitGone(pod);
                                        }
                                    }),
                            "fork and exec",
                            Side.of(run -> begin(bare, pods), run -> end(bare)));
        } finally {
            end(bare);
        }
        return report;
    }

    private static void begin(List<Process> bare, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            bare.add(new ProcessBuilder(Pods.COMMAND)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
    }

    private static void end(List<Process> bare) throws InterruptedException {
        bare.stream().filter(Process::isAlive).forEach(each -> {
            each.descendants().forEach(ProcessHandle::destroyForcibly);
            each.destroyForcibly();
        });
        for (Process each : bare) {
            each.waitFor(Pods.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        bare.clear();
    }
}
