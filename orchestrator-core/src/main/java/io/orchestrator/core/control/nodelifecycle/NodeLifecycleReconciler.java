package io.orchestrator.core.control.nodelifecycle;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.Taint;
import io.orchestrator.core.control.nodelifecycle.NodeTaints.Eviction;
import io.orchestrator.core.control.pods.PodsByNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Keeps one node's conditions and taints true to what is heard of it, and its pods' readiness with them. */
public final class NodeLifecycleReconciler implements Reconciler {
    private static final String LEASES = "kube-node-lease";
    /** Held evictions are looked at again; so is a zone that recovers. */
    private static final Duration HELD = Duration.ofSeconds(5);

    private final NodeLifecycleSettings settings;
    private final Heartbeats heartbeats;
    private final Zones zones;

    private NodeLifecycleReconciler(NodeLifecycleSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.heartbeats = new Heartbeats(nanoTime);
        this.zones = new Zones(settings, nanoTime);
    }

    /** @param nanoTime a monotonic clock */
    public static ControllerSpec spec(NodeLifecycleSettings settings, LongSupplier nanoTime) {
        return ControllerSpec.named("node-controller")
                .reconciles(Node.TYPE)
                .watches(Lease.TYPE, NodeLifecycleReconciler::nodeOf)
                .source(new Source<>(
                        Pod.TYPE, (pod, view) -> List.of(), (before, after) -> false, List.of(PodsByNode.index())))
                .with(new NodeLifecycleReconciler(settings, nanoTime));
    }

    /** A node that is silent for good wakes nobody: it is judged again soon, however long the API could not be asked. */
    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        try {
            return judge(key, context);
        } catch (ApiException e) {
            if (e.isConflict()) {
                throw e;
            }
            return Outcome.retryAfter(HELD, "what follows could not be written: " + e.getMessage());
        }
    }

    private Outcome judge(ObjectKey key, Context context) {
        Optional<Node> cached = context.view().get(Node.TYPE, key);
        if (cached.isEmpty()) {
            heartbeats.forget(key.name());
            zones.heard(key.name());
            return Outcome.done();
        }
        Node node = cached.get();
        Duration silence = silenceOf(node, context.view());
        if (silence.compareTo(settings.grace()) >= 0
                && !NodeHealth.silenced(node, context.clock()).equals(node)) {
            // It may be this process that has heard of nothing for so long.
            silence = heartbeats.silence(node, leaseNow(node, context));
        }
        if (silence.compareTo(settings.grace()) >= 0) {
            node = silence(node, context);
        }
        NodeHealth health = NodeHealth.of(node);
        Eviction eviction = health == NodeHealth.HEALTHY ? Eviction.CALLED_OFF : evictionOf(node, context.view());
        taint(node, health, eviction, context);
        if (health != NodeHealth.HEALTHY) {
            unready(node, context);
            return Outcome.retryAfter(HELD, "the node is not healthy");
        }
        zones.heard(key.name());
        return Outcome.retryAfter(settings.grace().minus(silence), "the node must be heard before then");
    }

    private Duration silenceOf(Node node, View view) {
        return heartbeats.silence(
                node, view.get(Lease.TYPE, new ObjectKey(LEASES, node.metadata().name())));
    }

    private static Optional<Lease> leaseNow(Node node, Context context) {
        return context.client()
                .resources(Lease.TYPE)
                .inNamespace(LEASES)
                .find(node.metadata().name());
    }

    private Node silence(Node node, Context context) {
        Node silenced = NodeHealth.silenced(node, context.clock());
        if (silenced.equals(node)) {
            return node;
        }
        context.events()
                .normal(node, "NodeNotReady", "Node " + node.metadata().name() + " status is now: NodeNotReady");
        return context.client().nodes().updateStatus(silenced);
    }

    private Eviction evictionOf(Node node, View view) {
        return zones.decide(
                node,
                view.list(Node.TYPE, ""),
                each -> NodeHealth.of(each) != NodeHealth.HEALTHY
                        || silenceOf(each, view).compareTo(settings.suspicion()) >= 0);
    }

    private static void taint(Node node, NodeHealth health, Eviction eviction, Context context) {
        List<Taint> taints = NodeTaints.wanted(node, health, eviction, context.clock());
        if (!taints.equals(node.spec().taints())) {
            context.client().nodes().update(node.withSpec(node.spec().withTaints(taints)));
        }
    }

    /** Nobody can say that the pods of such a node answer: services must pass them over. */
    private static void unready(Node node, Context context) {
        for (Pod pod : PodsByNode.on(node.metadata().name(), context.view())) {
            List<PodCondition> conditions = new ArrayList<>(pod.status().conditions());
            Time now = Time.of(context.clock().instant());
            conditions.replaceAll(condition ->
                    condition.type().equals("Ready") && condition.status().equals("True")
                            ? condition.with(change -> change.status("False")
                                    .reason("NodeNotReady")
                                    .message("")
                                    .lastTransitionTime(now))
                            : condition);
            if (!conditions.equals(pod.status().conditions())) {
                update(pod.withStatus(pod.status().withConditions(conditions)), context);
            }
        }
    }

    private static void update(Pod pod, Context context) {
        try {
            context.client().pods().inNamespace(pod.metadata().namespace()).updateStatus(pod);
            context.events().warning(pod, "NodeNotReady", "Node is not ready");
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private static List<ObjectKey> nodeOf(Lease lease, View view) {
        return lease.metadata().namespace().equals(LEASES)
                ? List.of(new ObjectKey("", lease.metadata().name()))
                : List.of();
    }
}
