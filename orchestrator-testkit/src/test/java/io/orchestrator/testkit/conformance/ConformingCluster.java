package io.orchestrator.testkit.conformance;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.control.nodelifecycle.NodeLifecycleSettings;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.testkit.runtime.Behaviour;
import io.orchestrator.testkit.simulation.Simulation;
import io.orchestrator.testkit.simulation.WholeCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A cluster of three nodes of two cores, and short words for its tests. */
final class ConformingCluster implements AutoCloseable {
    final WholeCluster whole;
    final Client client;

    ConformingCluster(Path directory) {
        this.whole = new WholeCluster(
                Simulation.inOrder(),
                directory,
                3,
                node -> node.withCapacity("2", "4Gi", 30).withPolicy(AgentConfig.Policy.trusting()),
                NodeLifecycleSettings.defaults());
        this.client = whole.sim().client();
        whole.engine()
                .program(container -> Optional.of(
                        switch (container.image().replaceAll(":.*", "")) {
                            case "task" -> Behaviour.exits(Duration.ofSeconds(20), 0);
                            case "fails" -> Behaviour.exits(Duration.ofSeconds(5), 42);
                            case "broken" -> Behaviour.failsToStart("there is no such program");
                            default -> Behaviour.runs().endsOnTerm(Duration.ofSeconds(1), 0);
                        }));
        settle();
    }

    void settle() {
        whole.sim().settle();
    }

    void advance(Duration span) {
        whole.sim().advance(span);
    }

    List<Pod> pods() {
        return client.pods().list().items();
    }

    List<Pod> active() {
        return pods().stream().filter(PodFacts::isActive).toList();
    }

    List<String> names() {
        return pods().stream().map(pod -> pod.metadata().name()).toList();
    }

    List<String> images() {
        return active().stream()
                .map(pod -> pod.spec().containers().get(0).image())
                .toList();
    }

    <T extends Resource> List<T> all(ResourceType<T> type) {
        return client.resources(type).list().items();
    }

    <T extends Resource> T get(ResourceType<T> type, String name) {
        return client.resources(type).get(name);
    }

    <T extends Resource> T merge(ResourceType<T> type, String name, String patch) {
        return client.resources(type).patch(name, Patch.merge(patch.replace('\'', '"')));
    }

    @Override
    public void close() throws Exception {
        whole.close();
    }
}
