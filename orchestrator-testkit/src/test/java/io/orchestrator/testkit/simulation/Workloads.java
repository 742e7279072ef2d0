package io.orchestrator.testkit.simulation;

import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A simulated cluster with the controllers under test and nodes that play along. */
final class Workloads implements AutoCloseable {
    final Simulation sim;
    final SimulatedComponent controllers;
    final SimulatedComponent kubelet;
    private Predicate<Pod> broken = pod -> false;
    private Predicate<Pod> refused = pod -> false;
    private Function<Pod, Optional<KubeletStub.End>> ends = pod -> Optional.empty();

    Workloads(Simulation sim, Function<Clock, List<ControllerSpec>> specs) {
        this.sim = sim;
        this.controllers = sim.component(
                "controllers",
                site -> new Controllers(site, specs.apply(site.environment().clock())));
        this.kubelet = sim.component(
                "kubelet",
                site -> new KubeletStub(site, Duration.ofSeconds(3))
                        .breaking(pod -> broken.test(pod))
                        .refusing(pod -> refused.test(pod))
                        .ending(pod -> ends.apply(pod)));
    }

    Workloads breaking(Predicate<Pod> pods) {
        broken = pods;
        return this;
    }

    Workloads refusing(Predicate<Pod> pods) {
        refused = pods;
        return this;
    }

    Workloads ending(Function<Pod, Optional<KubeletStub.End>> pods) {
        ends = pods;
        return this;
    }

    List<Pod> pods() {
        return sim.client().pods().list().items();
    }

    List<Pod> activePods() {
        return pods().stream().filter(PodFacts::isActive).toList();
    }

    /** What was told, as {@code source/reason: message}. */
    List<String> events() {
        return sim.client().resources(Event.TYPE).list().items().stream()
                .map(event -> event.source().component() + "/" + event.reason() + ": " + event.message())
                .toList();
    }

    /** Fails when a component writes within the span although everything is as wanted. */
    void mustRestFor(Duration span) {
        int writes = sim.writes();
        sim.advance(span);
        if (sim.writes() != writes) {
            throw new AssertionError("seed " + sim.seed() + ": a write at rest: " + sim.writesByKind());
        }
    }

    @Override
    public void close() throws Exception {
        sim.close();
    }
}
