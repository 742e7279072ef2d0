package io.orchestrator.core.control.volume;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import java.util.List;

/** Keeps a claim that is to go until no pod uses it any more. */
public final class ClaimProtection implements Reconciler {
    private static final String BY_CLAIM = "claim";

    private ClaimProtection() {}

    /** The controller, ready for the engine. */
    public static ControllerSpec controller() {
        return ControllerSpec.named("persistentvolumeclaim-protection-controller")
                .reconciles(PersistentVolumeClaim.TYPE)
                .source(new Source<>(
                        Pod.TYPE,
                        (pod, view) -> MountedClaims.of(pod),
                        (before, after) -> uses(before) != uses(after),
                        List.of(new Index<>(BY_CLAIM, MountedClaims::names))))
                .with(new ClaimProtection());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        PersistentVolumeClaim claim =
                context.view().get(PersistentVolumeClaim.TYPE, key).orElse(null);
        if (claim == null) {
            return Outcome.done();
        }
        boolean going = claim.metadata().deletionTimestamp() != null;
        boolean held = claim.metadata().finalizers().contains(Volumes.CLAIM_PROTECTION);
        if (going == held && (!going || !isUsed(key, context))) {
            context.client()
                    .resources(PersistentVolumeClaim.TYPE)
                    .inNamespace(key.namespace())
                    .update(claim.withMetadata(Finalizers.toggled(claim.metadata(), Volumes.CLAIM_PROTECTION)));
        }
        return Outcome.done();
    }

    /** The server has the last word: a pod may have come that the cache does not show. */
    private static boolean isUsed(ObjectKey key, Context context) {
        return context.view().byIndex(Pod.TYPE, BY_CLAIM, key.toString()).stream()
                        .anyMatch(ClaimProtection::uses)
                || context.client().pods().inNamespace(key.namespace()).list().items().stream()
                        .anyMatch(pod -> uses(pod) && MountedClaims.of(pod).contains(key));
    }

    /** A pod that is on no node, or that has ended, touches no volume. */
    private static boolean uses(Pod pod) {
        return !pod.spec().nodeName().isEmpty() && !PodFacts.hasEnded(pod);
    }
}
