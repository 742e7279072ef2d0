package io.orchestrator.core.control.podgc;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.disruption.DisruptionTarget;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Ends pods that are bound to a node which does not exist, after a quarantine in which the node may come (again), and
 * after a live read that says so too.
 */
public final class PodGarbageReconciler implements Reconciler {
    private static final Duration QUARANTINE = Duration.ofSeconds(40);
    private static final String BY_NODE = "podgc-node";

    private final LongSupplier nanoTime;
    private final Map<String, Long> missingSince = new HashMap<>();

    private PodGarbageReconciler(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param nanoTime a monotonic clock */
    public static ControllerSpec spec(LongSupplier nanoTime) {
        return ControllerSpec.named("podgc")
                .source(new Source<>(
                        Pod.TYPE,
                        (pod, view) -> List.of(ObjectKey.of(pod)),
                        (before, after) ->
                                !before.spec().nodeName().equals(after.spec().nodeName()),
                        List.of(new Index<>(BY_NODE, pod -> List.of(pod.spec().nodeName())))))
                .source(new Source<>(Node.TYPE, PodGarbageReconciler::podsOn, (before, after) -> false, List.of()))
                .with(new PodGarbageReconciler(nanoTime));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<Pod> found = context.view().get(Pod.TYPE, key);
        if (found.isEmpty() || found.get().spec().nodeName().isEmpty()) {
            missingSince
                    .keySet()
                    .removeIf(node ->
                            context.view().byIndex(Pod.TYPE, BY_NODE, node).isEmpty());
            return Outcome.done();
        }
        Pod pod = found.get();
        String node = pod.spec().nodeName();
        if (context.view().get(Node.TYPE, new ObjectKey("", node)).isPresent()) {
            missingSince.remove(node);
            return Outcome.done();
        }
        long now = nanoTime.getAsLong();
        long since = missingSince.computeIfAbsent(node, name -> now);
        Duration left = QUARANTINE.minusNanos(now - since);
        if (left.compareTo(Duration.ZERO) > 0) {
            return Outcome.retryAfter(left, "the node may come back");
        }
        if (context.client().nodes().find(node).isPresent()) {
            return Outcome.retryAfter(QUARANTINE, "the node is there, the cache lags");
        }
        end(pod, context);
        return Outcome.done();
    }

    private static void end(Pod pod, Context context) {
        try {
            if (!pod.status().phase().equals("Succeeded")
                    && !pod.status().phase().equals("Failed")) {
                DisruptionTarget.mark(pod, "DeletionByPodGC", "PodGC: node no longer exists", context);
            }
            context.client()
                    .pods()
                    .inNamespace(pod.metadata().namespace())
                    .delete(
                            pod.metadata().name(),
                            DeleteOptions.defaults()
                                    .grace(0)
                                    .onlyUid(pod.metadata().uid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private static List<ObjectKey> podsOn(Node node, View view) {
        return view.byIndex(Pod.TYPE, BY_NODE, node.metadata().name()).stream()
                .map(ObjectKey::of)
                .toList();
    }
}
