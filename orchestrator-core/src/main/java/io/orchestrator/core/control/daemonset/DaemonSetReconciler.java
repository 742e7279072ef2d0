package io.orchestrator.core.control.daemonset;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.client.ResourceVersions;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.history.LiveSet;
import io.orchestrator.core.control.history.RevisionData;
import io.orchestrator.core.control.pods.FailedPods;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.ReplicaControl;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Brings a DaemonSet nearer to what it asks for, one round at a time. */
public final class DaemonSetReconciler implements Reconciler {
    private static final int WORKERS = 2;

    private final DaemonRound.Memory memory;

    private DaemonSetReconciler(Clock clock) {
        this.memory = new DaemonRound.Memory(new Expectations(clock), new FailedPods(), new RevisionData());
    }

    /** The controller, ready for the engine. */
    public static ControllerSpec controller(Clock clock) {
        return ControllerSpec.named("daemonset-controller")
                .reconciles(DaemonSet.TYPE)
                .owns(ControllerRevision.TYPE)
                .source(new Source<>(
                        Pod.TYPE,
                        DaemonSetReconciler::keys,
                        (before, after) -> true,
                        List.of(ReplicaControl.orphans())))
                .source(new Source<>(
                        Node.TYPE,
                        (node, view) -> view.list(DaemonSet.TYPE, "").stream()
                                .map(ObjectKey::of)
                                .toList(),
                        DaemonSetReconciler::mayChangeAFit,
                        List.of()))
                .workers(WORKERS)
                .with(new DaemonSetReconciler(clock));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        DaemonSet cached = context.view().get(DaemonSet.TYPE, key).orElse(null);
        if (cached == null) {
            memory.expectations().forget(key);
            memory.failed()
                    .retain(context.view().list(DaemonSet.TYPE, "").stream()
                            .map(set -> set.metadata().uid())
                            .collect(Collectors.toSet()));
            return Outcome.done();
        }
        String uid = cached.metadata().uid();
        List<Pod> candidates = new ArrayList<>(context.view().ownedBy(Pod.TYPE, uid));
        candidates.addAll(ReplicaControl.orphansIn(key.namespace(), context.view()));
        DaemonRound round = new DaemonRound(
                cached,
                candidates,
                context.view().list(Node.TYPE, ""),
                context.view().ownedBy(ControllerRevision.TYPE, uid),
                context,
                memory);
        if (round.isAtRest()) {
            return round.outcome();
        }
        return switch (memory.expectations().trust(key, uid, context.view())) {
            case CACHE -> round.carryOut();
            case NOTHING_YET ->
                Outcome.retryAfter(memory.expectations().patience(), "its own writes are not all seen yet");
            case LIVE_READ_ONLY -> reconcileLive(cached, context);
        };
    }

    private Outcome reconcileLive(DaemonSet cached, Context context) {
        return LiveSet.read(DaemonSet.TYPE, cached, set -> set.spec().selector(), context, memory.expectations())
                .map(live -> {
                    return new DaemonRound(live.set(), live.pods(), nodes(context), live.revisions(), context, memory);
                })
                .map(round -> round.isAtRest() ? round.outcome() : round.carryOut())
                .orElse(Outcome.done());
    }

    /** Those that are there, the cached ones where they are newer than the list: nobody comes back to a change that was seen. */
    private static List<Node> nodes(Context context) {
        ResourceList<Node> listed = context.client().nodes().list();
        Map<String, Node> nodes = new LinkedHashMap<>();
        listed.items().forEach(node -> nodes.put(node.metadata().name(), node));
        for (Node cached : context.view().list(Node.TYPE, "")) {
            String version = cached.metadata().resourceVersion();
            if (ResourceVersions.compare(version, listed.metadata().resourceVersion()) > 0) {
                nodes.put(cached.metadata().name(), cached);
            }
        }
        return List.copyOf(nodes.values());
    }

    /** The set that controls the pod; of a pod without a controller, the sets that could adopt it. */
    private static List<ObjectKey> keys(Pod pod, View view) {
        String namespace = pod.metadata().namespace();
        OwnerReference controller = Ownership.controllerOf(pod).orElse(null);
        if (controller != null) {
            return controller.kind().equals(DaemonSet.TYPE.kind())
                            && controller.apiVersion().equals(DaemonSet.TYPE.apiVersion())
                    ? List.of(new ObjectKey(namespace, controller.name()))
                    : List.of();
        }
        return view.list(DaemonSet.TYPE, namespace).stream()
                .filter(set -> Selector.of(set.spec().selector()).matches(pod))
                .map(ObjectKey::of)
                .toList();
    }

    private static boolean mayChangeAFit(Node before, Node after) {
        return !before.metadata().labels().equals(after.metadata().labels())
                || !before.spec().taints().equals(after.spec().taints());
    }
}
