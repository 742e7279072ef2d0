package io.orchestrator.core.agent;

import io.orchestrator.core.metrics.Gathering;
import io.orchestrator.core.metrics.MetricSource;
import io.orchestrator.spi.runtime.ContainerState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What an agent counts of its node, under the kubelet's names. */
final class NodeFigures implements MetricSource {
    private final String nodeName;
    private final Supplier<List<PodFacts>> pods;

    NodeFigures(String nodeName, Supplier<List<PodFacts>> pods) {
        this.nodeName = nodeName;
        this.pods = pods;
    }

    @Override
    public void report(Gathering gathering) {
        List<PodFacts> known = pods.get();
        gathering.gauge("kubelet_node_name", "The node's name. The count is always 1.", 1, "node", nodeName);
        gathering.gauge(
                "kubelet_active_pods",
                "Pods that have not ended.",
                known.stream().filter(facts -> PodOutcome.of(facts).isEmpty()).count());
        gathering.gauge(
                "kubelet_running_pods",
                "Pods that have a running sandbox.",
                known.stream().filter(facts -> facts.readySandbox().isPresent()).count());
        Map<String, Integer> byPhase = new TreeMap<>();
        for (PodFacts facts : known) {
            for (ContainerState container : facts.containers()) {
                byPhase.merge(container.phase().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
        byPhase.forEach((phase, count) -> gathering.gauge(
                "kubelet_running_containers", "Containers by their state.", count, "container_state", phase));
    }
}
