package io.orchestrator.core.control.tainteviction;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Taint;
import io.orchestrator.core.control.disruption.DisruptionTarget;
import io.orchestrator.core.control.pods.PodsByNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Drives off the pods that their node's taints do not bear. A taint that goes in time saves them. */
public final class TaintEvictionReconciler implements Reconciler {

    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

    private static final String REASON = "TaintManagerEviction";
    /** A pod whose time is over wakes nobody: however long the API could not be asked, the pod goes soon afterwards. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /**
     * Since when a pod stands under each of its node's taints.
     *
     * @param counted whether its time under them is
     */
    private record Exposure(String podUid, Map<String, Long> since, boolean counted) {}

    private final LongSupplier nanoTime;
    private final Map<ObjectKey, Exposure> exposures = new HashMap<>();

    private TaintEvictionReconciler(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param nanoTime a monotonic clock */
    public static ControllerSpec spec(LongSupplier nanoTime) {
        return ControllerSpec.named("taint-eviction-controller")
                .source(new Source<>(
                        Pod.TYPE,
                        (pod, view) -> List.of(ObjectKey.of(pod)),
                        (before, after) -> !before.spec().equals(after.spec())
                                || !before.metadata()
                                        .uid()
                                        .equals(after.metadata().uid()),
                        List.of(PodsByNode.index())))
                .source(new Source<>(
                        Node.TYPE,
                        TaintEvictionReconciler::podsOn,
                        (before, after) ->
                                !before.spec().taints().equals(after.spec().taints()),
                        List.of()))
                .with(new TaintEvictionReconciler(nanoTime));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<Pod> found = context.view().get(Pod.TYPE, key).filter(TaintEvictionReconciler::isOnNode);
        List<Taint> driving = found.map(pod -> drivingOff(pod, context.view())).orElse(List.of());
        if (found.isEmpty() || driving.isEmpty()) {
            Exposure ended = exposures.remove(key);
            found.filter(pod -> ended != null
                            && ended.counted()
                            && ended.podUid().equals(pod.metadata().uid()))
                    .ifPresent(pod ->
                            context.events().normal(pod, REASON, "Cancelling deletion of Pod " + ObjectKey.of(pod)));
            return Outcome.done();
        }
        Pod pod = found.get();
        Optional<Duration> left = left(key, pod, driving);
        if (left.isEmpty()) {
            return Outcome.done();
        }
        if (left.get().compareTo(Duration.ZERO) > 0) {
            return Outcome.retryAfter(left.get(), "the pod tolerates the taints until then");
        }
        try {
            evict(pod, context);
        } catch (ApiException e) {
            if (e.isConflict()) {
                throw e;
            }
            return Outcome.retryAfter(AGAIN, "the pod could not be told to go: " + e.getMessage());
        }
        exposures.remove(key);
        return Outcome.done();
    }

    /** How long the pod still bears its node's taints, each from when it was first seen; empty for ever. */
    private Optional<Duration> left(ObjectKey key, Pod pod, List<Taint> driving) {
        long now = nanoTime.getAsLong();
        Exposure known = exposures.get(key);
        Map<String, Long> before =
                known == null || !known.podUid().equals(pod.metadata().uid()) ? Map.of() : known.since();
        Map<String, Long> since = new HashMap<>();
        driving.forEach(taint -> since.putIfAbsent(subject(taint), before.getOrDefault(subject(taint), now)));
        Optional<Duration> left = driving.stream()
                .flatMap(taint -> Patience.of(pod.spec().tolerations(), taint).stream()
                        .map(bound -> bound.minusNanos(now - since.getOrDefault(subject(taint), now))))
                .min(Comparator.naturalOrder());
        exposures.put(key, new Exposure(pod.metadata().uid(), since, left.isPresent()));
        return left;
    }

    /** Whether a node says that it is not ready or says nothing, to its pods it is one and the same wait. */
    private static String subject(Taint taint) {
        return taint.key().equals(UNREACHABLE) ? NOT_READY : taint.key();
    }

    private static void evict(Pod pod, Context context) {
        context.events().normal(pod, REASON, "Marking for deletion Pod " + ObjectKey.of(pod));
        try {
            DisruptionTarget.mark(
                    pod, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint", context);
            context.client()
                    .pods()
                    .inNamespace(pod.metadata().namespace())
                    .delete(
                            pod.metadata().name(),
                            DeleteOptions.defaults().onlyUid(pod.metadata().uid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private static boolean isOnNode(Pod pod) {
        return !pod.spec().nodeName().isEmpty() && pod.metadata().deletionTimestamp() == null;
    }

    private static List<Taint> drivingOff(Pod pod, View view) {
        return view.get(Node.TYPE, new ObjectKey("", pod.spec().nodeName()))
                .map(node -> Patience.driving(node.spec().taints()))
                .orElse(List.of());
    }

    private static List<ObjectKey> podsOn(Node node, View view) {
        return PodsByNode.on(node.metadata().name(), view).stream()
                .map(ObjectKey::of)
                .toList();
    }
}
