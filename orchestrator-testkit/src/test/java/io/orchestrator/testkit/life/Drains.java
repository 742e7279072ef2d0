package io.orchestrator.testkit.life;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.policy.EvictionBuilder;
import io.orchestrator.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Nodes are emptied for a while, as {@code kubectl drain} does: budgets are asked, and who is refused comes again. */
final class Drains {
    private static final int TRIES = 20;
    private static final Duration PAUSE = Duration.ofSeconds(20);

    private final Simulation sim;
    private final Random random;
    private final BudgetRule budgets;
    private final List<String> journal;
    private int epoch;

    Drains(Simulation sim, Random random, BudgetRule budgets, List<String> journal) {
        this.sim = sim;
        this.random = random;
        this.budgets = budgets;
        this.journal = journal;
    }

    void drain() {
        List<Node> nodes = sim.client().nodes().list().items();
        if (nodes.isEmpty()) {
            return;
        }
        String node = nodes.get(random.nextInt(nodes.size())).metadata().name();
        journal.add("drain " + node);
        cordon(node, true);
        int mine = epoch;
        evictAll(node, mine, TRIES);
        later(Duration.ofMinutes(5 + random.nextInt(60)), mine, () -> {
            journal.add("uncordon " + node);
            cordon(node, false);
        });
    }

    /** All nodes take pods again, and nobody is driven from them any more. */
    void end() {
        epoch++;
        for (Node node : sim.client().nodes().list().items()) {
            cordon(node.metadata().name(), false);
        }
    }

    private void cordon(String node, boolean cordoned) {
        try {
            sim.client().nodes().edit(node, now -> now.withSpec(now.spec().withUnschedulable(cordoned)));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private void evictAll(String node, int mine, int tries) {
        boolean all = true;
        for (Pod pod : sim.client().pods().inAnyNamespace().list().items()) {
            if (pod.spec().nodeName().equals(node)
                    && pod.metadata().deletionTimestamp() == null
                    && pod.metadata().ownerReferences().stream()
                            .noneMatch(owner -> owner.kind().equals("DaemonSet"))) {
                all &= evict(pod);
            }
        }
        if (!all && tries > 1) {
            later(PAUSE, mine, () -> evictAll(node, mine, tries - 1));
        }
    }

    private boolean evict(Pod pod) {
        ResourceClient<Pod> pods =
                sim.client().pods().inNamespace(pod.metadata().namespace());
        budgets.asked(pod);
        try {
            pods.createSubresource(
                    pod.metadata().name(),
                    "eviction",
                    EvictionBuilder.builder()
                            .metadata(ObjectMetaBuilder.builder()
                                    .name(pod.metadata().name())
                                    .namespace(pod.metadata().namespace())
                                    .build())
                            .build());
        } catch (ApiException e) {
            budgets.refused(pod);
            if (e.reason() == Reason.TOO_MANY_REQUESTS || e.reason() == Reason.SERVICE_UNAVAILABLE) {
                return false;
            } else if (e.isNotFound()) {
                return true;
            }
            throw e;
        }
        budgets.granted(pod, replicas(App.of(pod)), sim.client());
        return true;
    }

    private int replicas(App app) {
        Client client = sim.client();
        return client.deployments()
                .inNamespace(app.namespace())
                .find(app.name())
                .map(deployment -> Edits.replicas(deployment.spec().replicas()))
                .or(() -> client.resources(StatefulSet.TYPE)
                        .inNamespace(app.namespace())
                        .find(app.name())
                        .map(set -> Edits.replicas(set.spec().replicas())))
                .orElse(0);
    }

    private void later(Duration delay, int mine, Runnable action) {
        sim.environment()
                .timers()
                .schedule(
                        () -> {
                            if (mine == epoch) {
                                patiently(action, mine);
                            }
                        },
                        delay.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /** An API server that died of the request is asked again. */
    private void patiently(Runnable action, int mine) {
        try {
            action.run();
        } catch (ApiException e) {
            if (e.reason() != Reason.SERVICE_UNAVAILABLE) {
                throw e;
            }
            later(Duration.ofSeconds(1), mine, action);
        }
    }
}
