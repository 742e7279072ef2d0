package io.orchestrator.core.control.volume;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumePhase;

/** Keeps a volume that is to go until no claim is bound to it any more. */
public final class VolumeProtection implements Reconciler {
    private VolumeProtection() {}

    /** The controller, ready for the engine. */
    public static ControllerSpec controller() {
        return ControllerSpec.named("persistentvolume-protection-controller")
                .reconciles(PersistentVolume.TYPE)
                .with(new VolumeProtection());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        PersistentVolume volume = context.view().get(PersistentVolume.TYPE, key).orElse(null);
        if (volume == null) {
            return Outcome.done();
        }
        boolean going = volume.metadata().deletionTimestamp() != null;
        boolean held = volume.metadata().finalizers().contains(Volumes.VOLUME_PROTECTION);
        boolean bound = volume.status().phase().equals(PersistentVolumePhase.BOUND);
        if (going == held && (!going || !bound)) {
            context.client()
                    .resources(PersistentVolume.TYPE)
                    .update(volume.withMetadata(Finalizers.toggled(volume.metadata(), Volumes.VOLUME_PROTECTION)));
        }
        return Outcome.done();
    }
}
