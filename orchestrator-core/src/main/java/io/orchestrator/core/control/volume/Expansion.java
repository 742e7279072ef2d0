package io.orchestrator.core.control.volume;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;

/**
 * Volumes grow with what their claims ask for where their size is only written down, as it is for directories. Others are grown by whoever made
 * them.
 */
final class Expansion {
    private Expansion() {}

    static PersistentVolume grown(PersistentVolume volume, PersistentVolumeClaim claim, Context context) {
        Quantity wanted = Volumes.wanted(claim);
        if (Volumes.capacity(volume).compareTo(wanted) >= 0) {
            return volume;
        }
        if (volume.spec().hostPath() == null && volume.spec().local() == null) {
            context.events()
                    .warning(claim, "ExternalExpanding", "waiting for an external controller to expand this PVC");
            return volume;
        }
        PersistentVolume grown = context.client()
                .resources(PersistentVolume.TYPE)
                .update(volume.withSpec(volume.spec().withCapacity(Volumes.capacity(wanted))));
        context.events().normal(claim, "FileSystemResizeSuccessful", "the volume is now of the size " + wanted);
        return grown;
    }
}
