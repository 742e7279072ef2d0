package io.orchestrator.testkit.life;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.control.pods.PodFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a node has taken in never exceeds what it has. */
final class NodeLoadRule implements PodBook.Rule {
    private final long milliCpu;
    private final int pods;
    private final Map<String, Long> requests = new HashMap<>();

    /** Of each node. */
    NodeLoadRule(long milliCpu, int pods) {
        this.milliCpu = milliCpu;
        this.pods = pods;
    }

    @Override
    public void check(List<Pod> all) {
        Map<String, long[]> load = new HashMap<>();
        for (Pod pod : all) {
            if (pod.status().phase().equals(PodPhase.RUNNING) && !PodFacts.hasEnded(pod)) {
                long[] sum = load.computeIfAbsent(pod.spec().nodeName(), node -> new long[2]);
                sum[0] += requests.computeIfAbsent(pod.metadata().uid(), uid -> milliCpu(pod));
                sum[1]++;
            }
        }
        load.forEach((node, sum) -> {
            if (sum[0] > milliCpu || sum[1] > pods) {
                throw new AssertionError(node + " runs " + sum[1] + " pods of " + sum[0] + "m");
            }
        });
    }

    private static long milliCpu(Pod pod) {
        return pod.spec().containers().stream()
                .mapToLong(container -> container
                        .resources()
                        .requests()
                        .getOrDefault("cpu", Quantity.ZERO)
                        .milliValue())
                .sum();
    }
}
