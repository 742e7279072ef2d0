package io.orchestrator.testkit.simulation;

import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A simulated cluster with the controllers of a roll-out and nodes that play along, and short words for its tests. */
final class Rollouts implements AutoCloseable {
    final Simulation sim;
    final SimulatedComponent controllers;
    final SimulatedComponent kubelet;
    private Predicate<Pod> broken = pod -> false;
    private Predicate<Pod> refused = pod -> false;

    Rollouts() {
        this(Simulation.inOrder());
    }

    Rollouts(Simulation sim) {
        this.sim = sim;
        this.controllers = sim.component("controllers", Controllers::new);
        this.kubelet = sim.component(
                "kubelet",
                site -> new KubeletStub(site, Duration.ofSeconds(3))
                        .breaking(pod -> broken.test(pod))
                        .refusing(pod -> refused.test(pod)));
    }

    void breaking(Predicate<Pod> pods) {
        broken = pods;
    }

    void refusing(Predicate<Pod> pods) {
        refused = pods;
    }

    Deployment create(Deployment deployment) {
        return sim.client().create(deployment);
    }

    static Deployment web(int replicas) {
        return Deployment.named("web")
                .replicas(replicas)
                .container("web", "nginx:1")
                .build();
    }

    void scale(int replicas) {
        sim.client().deployments().edit("web", web -> web.withSpec(web.spec().withReplicas(replicas)));
    }

    void setImage(String image) {
        sim.client().deployments().edit("web", web -> RolloutSimTest.withImage(web, image));
    }

    Deployment web() {
        return sim.client().deployments().get("web");
    }

    List<ReplicaSet> sets() {
        return sim.client().replicaSets().list().items();
    }

    List<Pod> pods() {
        return sim.client().pods().list().items();
    }

    List<Pod> activePods() {
        return pods().stream().filter(PodFacts::isActive).toList();
    }

    /** A condition of the Deployment as {@code status/reason}; empty where there is none. */
    String condition(String type) {
        return web().status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(condition -> condition.status() + "/" + condition.reason())
                .findFirst()
                .orElse("");
    }

    @Nullable
    String annotation(String key) {
        return web().metadata().annotations().get(key);
    }

    /** What the cluster comes to, whatever happened on the way. */
    String describe() {
        String sets = sets().stream()
                .map(set -> Objects.requireNonNull(set.spec().replicas()) + "x"
                        + set.spec().template().spec().containers().get(0).image() + " ready "
                        + set.status().readyReplicas() + " revision "
                        + set.metadata().annotations().get("deployment.kubernetes.io/revision"))
                .sorted()
                .collect(Collectors.joining(", "));
        return sets + "; pods " + pods().size() + "; " + web().status().availableReplicas() + " available; "
                + condition("Progressing") + " " + condition("Available");
    }

    @Override
    public void close() throws Exception {
        sim.close();
    }
}
