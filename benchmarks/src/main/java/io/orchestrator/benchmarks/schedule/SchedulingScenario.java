package io.orchestrator.benchmarks.schedule;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.benchmarks.Options;
import io.orchestrator.benchmarks.Report;
import io.orchestrator.benchmarks.Scenario;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.schedule.Scheduler;
import io.orchestrator.core.schedule.SchedulerSettings;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.core.schedule.plugin.KubernetesPlugins;
import io.orchestrator.core.schedule.plugin.ResourceFit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Pods that get their node per second, from the queue to the binding that the scheduler sees come back, before an API that costs
 * nothing. The limit beside it is the same loop with a profile that looks at resources only.
 */
public final class SchedulingScenario implements Scenario {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MOST_PREEMPTORS = 500;

    @Override
    public String name() {
        return "schedule";
    }

    @Override
    public String description() {
        return "pods placed per second, by rules and number of nodes [--nodes 100,1000,5000 --pods 5000 --rules"
                + " plain,...]";
    }

    @Override
    public Report run(Options options) throws Exception {
        int pods = options.number("pods", 5_000);
        String[] rules =
                options.text("rules", "plain,spread,anti-affinity,preemption").split(",");
        Report report = new Report(name(), "rule", "nodes", "pods", "pods/s", "heap MiB", "to resource fit only");
        placed(new SchedulingLoad("plain", 200), pods, KubernetesPlugins.defaultProfile());
        for (String nodes : options.text("nodes", "100,1000,5000").split(",")) {
            int count = Integer.parseInt(nodes);
            Measured limit = placed(new SchedulingLoad("plain", count), pods, bare());
            for (String rule : rules) {
                Measured ours = placed(
                        new SchedulingLoad(rule, count),
                        howMany(rule, count, pods),
                        KubernetesPlugins.defaultProfile());
                String what = rule + " at " + count + " nodes";
                report.row(
                        rule, count, ours.pods, ours.perSecond, ours.heapMebibytes, ours.perSecond / limit.perSecond);
                report.figure(what, ours.perSecond);
                report.figure(what + ", heap MiB", ours.heapMebibytes);
                report.ratio(what, ours.perSecond, limit.perSecond);
            }
        }
        return report;
    }

    private static int howMany(String rule, int nodes, int pods) {
        return rule.equals("preemption") ? Math.min(nodes, MOST_PREEMPTORS) : pods;
    }

    private static Profile bare() {
        return Profile.named(Profile.DEFAULT_SCHEDULER)
                .plugin(new ResourceFit())
                .build();
    }

    private record Measured(int pods, double perSecond, double heapMebibytes) {}

    private static Measured placed(SchedulingLoad load, int pods, Profile profile) throws InterruptedException {
        List<Node> nodes = load.nodes();
        LoopbackApi api = new LoopbackApi(nodes, load.there());
        List<Pod> comers = new ArrayList<>();
        for (int i = 0; i < pods; i++) {
            comers.add(load.pod(i));
        }
        try (SystemEnvironment threads = new SystemEnvironment("schedule-bench");
                SharedInformers informers = new SharedInformers(api, threads.environment());
                Scheduler scheduler = new Scheduler(
                        new Client(api),
                        informers,
                        new NoEvents(),
                        threads.environment(),
                        SchedulerSettings.of(profile))) {
            scheduler.start();
            informers.start();
            while (!informers.hasSynced()) {
                LockSupport.parkNanos(5_000_000);
            }
            LockSupport.parkNanos(200_000_000);
            long begun = System.nanoTime();
            comers.forEach(api::add);
            while (api.bound() < pods) {
                LockSupport.parkNanos(1_000_000);
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException("only " + api.bound() + " of " + pods + " pods got a node");
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Measured(pods, pods / seconds, heap());
        }
    }

    private static double heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / (1024.0 * 1024);
    }

    private static final class NoEvents implements Events {
        @Override
        public void normal(Resource about, String reason, String message) {}

        @Override
        public void warning(Resource about, String reason, String message) {}
    }
}
