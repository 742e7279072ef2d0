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
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.control.disruption.DisruptionTarget;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.control.pods.PodsByNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Ends pods that nobody else can end: those that are bound to a node which does not exist, after a quarantine in which the node
 * may come (again) and after a live read that says so too; and those that were asked to go on a node that does not answer and
 * that somebody declared out of service. Of pods that have run to their end it keeps so many, and the eldest go first.
 */
public final class PodGarbageReconciler implements Reconciler {
    private static final Duration QUARANTINE = Duration.ofSeconds(40);
    /** As many as Kubernetes keeps. */
    private static final int KEPT = 12_500;
    /** They are counted no more often than this, as counting costs more the more there are. */
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(20);
    /** Stands for all pods that have ended; no pod bears it. */
    private static final ObjectKey ENDED = new ObjectKey("", "ended-pods");

    private static final String BY_END = "podgc-ended";

    private final LongSupplier nanoTime;
    private final int kept;
    private final Map<String, Long> missingSince = new HashMap<>();
    private boolean counted;
    private long countedAt;

    private PodGarbageReconciler(LongSupplier nanoTime, int kept) {
        this.nanoTime = nanoTime;
        this.kept = kept;
    }

    /** @param nanoTime a monotonic clock */
    public static ControllerSpec spec(LongSupplier nanoTime) {
        return spec(nanoTime, KEPT);
    }

    /**
     * The same with another bound.
     *
     * @param kept how many pods may stand that have run to their end
     */
    public static ControllerSpec spec(LongSupplier nanoTime, int kept) {
        return ControllerSpec.named("podgc")
                .source(new Source<>(
                        Pod.TYPE,
                        (pod, view) ->
                                PodFacts.hasEnded(pod) ? List.of(ObjectKey.of(pod), ENDED) : List.of(ObjectKey.of(pod)),
                        (before, after) ->
                                !before.spec().nodeName().equals(after.spec().nodeName())
                                        || isGoing(before) != isGoing(after)
                                        || PodFacts.hasEnded(before) != PodFacts.hasEnded(after),
                        List.of(
                                PodsByNode.index(),
                                new Index<>(BY_END, pod -> PodFacts.hasEnded(pod) ? List.of(BY_END) : List.of()))))
                .source(new Source<>(
                        Node.TYPE,
                        PodGarbageReconciler::podsOn,
                        (before, after) -> isOutOfService(before) != isOutOfService(after),
                        List.of()))
                .with(new PodGarbageReconciler(nanoTime, kept));
    }

    /** A pod whose node is gone wakes nobody: it is looked at again soon, however long the API could not be asked. */
    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        try {
            return look(key, context);
        } catch (ApiException e) {
            if (e.isConflict()) {
                throw e;
            }
            return Outcome.retryAfter(BETWEEN_COUNTS, "what follows could not be written: " + e.getMessage());
        }
    }

    private Outcome look(ObjectKey key, Context context) {
        if (key.equals(ENDED)) {
            return clear(context);
        }
        Optional<Pod> found = context.view().get(Pod.TYPE, key);
        if (found.isEmpty() || found.get().spec().nodeName().isEmpty()) {
            missingSince
                    .keySet()
                    .removeIf(node -> PodsByNode.on(node, context.view()).isEmpty());
            return Outcome.done();
        }
        Pod pod = found.get();
        String node = pod.spec().nodeName();
        Optional<Node> standing = context.view().get(Node.TYPE, new ObjectKey("", node));
        if (standing.isPresent()) {
            missingSince.remove(node);
            if (isGoing(pod) && isOutOfService(standing.get())) {
                end(failed(pod), pod, context);
            }
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
        end(failed(DisruptionTarget.on(pod, "DeletionByPodGC", "PodGC: node no longer exists", context)), pod, context);
        return Outcome.done();
    }

    private Outcome clear(Context context) {
        long now = nanoTime.getAsLong();
        Duration left = BETWEEN_COUNTS.minusNanos(now - countedAt);
        if (counted && left.compareTo(Duration.ZERO) > 0) {
            return Outcome.retryAfter(left, "ended pods were counted a moment ago");
        }
        counted = true;
        countedAt = now;
        List<Pod> ended = context.view().byIndex(Pod.TYPE, BY_END, BY_END);
        if (ended.size() > kept) {
            ended.stream()
                    .sorted(Comparator.comparing(PodGarbageReconciler::created)
                            .thenComparing(pod -> pod.metadata().name()))
                    .limit(ended.size() - kept)
                    .filter(pod -> !isGoing(pod))
                    .forEach(pod -> end(pod, pod, context));
        }
        return Outcome.done();
    }

    private static Instant created(Pod pod) {
        Time created = pod.metadata().creationTimestamp();
        return created == null ? Instant.MAX : created.instant();
    }

    private static boolean isGoing(Pod pod) {
        return pod.metadata().deletionTimestamp() != null;
    }

    /** Declared so by somebody who knows, and not ready itself. */
    private static boolean isOutOfService(Node node) {
        boolean declared = node.spec().taints().stream()
                .anyMatch(taint -> taint.key().equals("node.kubernetes.io/out-of-service"));
        return declared
                && node.status().conditions().stream()
                        .noneMatch(condition -> condition.type().equals("Ready")
                                && condition.status().equals("True"));
    }

    /** Whoever waits for the end of the pod, as a Job does that holds it by a finalizer, must see that it has ended. */
    private static Pod failed(Pod pod) {
        return pod.withStatus(pod.status().withPhase(PodPhase.FAILED));
    }

    /** @param ended as whom the pod is to be remembered, unless it has ended by itself */
    private static void end(Pod ended, Pod pod, Context context) {
        try {
            if (!PodFacts.hasEnded(pod)) {
                context.client().pods().inNamespace(pod.metadata().namespace()).updateStatus(ended);
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
        return PodsByNode.on(node.metadata().name(), view).stream()
                .map(ObjectKey::of)
                .toList();
    }
}
