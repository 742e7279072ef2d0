package io.orchestrator.core.control.staledisruption;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.core.control.disruption.DisruptionTarget;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes back what a pod says of a disruption that did not come: whoever announced it died, or was refused, before the pod was told to
 * go. Else a Job's rules would take its failure of another day for that disruption.
 */
public final class StaleDisruptionReconciler implements Reconciler {
    private static final Duration STALE = Duration.ofMinutes(2);
    /** The agent says so of a pod that it ends itself, which may take as long as it takes. */
    private static final String BY_AGENT = "TerminationByKubelet";

    private StaleDisruptionReconciler() {}

    /** The controller, ready for the engine. */
    public static ControllerSpec controller() {
        return ControllerSpec.named("stale-disruption-controller")
                .source(new Source<>(
                        Pod.TYPE,
                        (pod, view) -> announced(pod).isPresent() ? List.of(ObjectKey.of(pod)) : List.of(),
                        (before, after) -> !announced(before).equals(announced(after)),
                        List.of()))
                .with(new StaleDisruptionReconciler());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Pod pod = context.view().get(Pod.TYPE, key).orElse(null);
        Time since = pod == null
                ? null
                : announced(pod).map(PodCondition::lastTransitionTime).orElse(null);
        if (pod == null || since == null) {
            return Outcome.done();
        }
        Instant now = context.clock().instant();
        Duration left = Duration.between(now, since.instant().plus(STALE));
        if (!left.isNegative() && !left.isZero()) {
            return Outcome.retryAfter(left, "the pod should have been told to go by then");
        }
        try {
            context.client().pods().inNamespace(key.namespace()).updateStatus(DisruptionTarget.off(pod, now));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
        return Outcome.done();
    }

    /** The disruption that a pod waits for which nobody has told to go. */
    private static Optional<PodCondition> announced(Pod pod) {
        if (pod.metadata().deletionTimestamp() != null || PodFacts.hasEnded(pod)) {
            return Optional.empty();
        }
        return PodFacts.condition(pod, DisruptionTarget.TYPE)
                .filter(condition -> condition.status().equals(ConditionStatus.TRUE)
                        && !condition.reason().equals(BY_AGENT));
    }
}
