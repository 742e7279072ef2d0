package io.orchestrator.core.control.volume;

import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimPhase;
import io.orchestrator.api.model.core.PersistentVolumeClaimStatus;
import io.orchestrator.api.model.core.PersistentVolumeClaimStatusBuilder;
import io.orchestrator.api.model.core.PersistentVolumePhase;
import io.orchestrator.api.model.core.PersistentVolumeStatus;
import io.orchestrator.api.model.core.PersistentVolumeStatusBuilder;
import java.util.List;
import java.util.Map;

/** The writes of a binding: each is left out where it was done already. */
final class Binding {
    private final Context context;

    Binding(Context context) {
        this.context = context;
    }

    /** The volume names the claim, then the claim the volume; both say so. */
    void bind(PersistentVolume volume, PersistentVolumeClaim claim) {
        PersistentVolume named = phase(claimed(volume, claim), PersistentVolumePhase.BOUND, "", "");
        PersistentVolumeClaim bound = named(claim, named);
        write(
                bound,
                PersistentVolumeClaimStatusBuilder.builder(bound.status())
                        .phase(PersistentVolumeClaimPhase.BOUND)
                        .accessModes(named.spec().accessModes())
                        .capacity(named.spec().capacity())
                        .build());
    }

    private PersistentVolume claimed(PersistentVolume volume, PersistentVolumeClaim claim) {
        ObjectReference reference = volume.spec().claimRef();
        if (reference != null && reference.uid().equals(claim.metadata().uid())) {
            return volume;
        }
        ObjectMeta metadata =
                reference == null ? Volumes.marked(volume.metadata(), Volumes.BOUND_BY_CONTROLLER) : volume.metadata();
        return context.client()
                .resources(PersistentVolume.TYPE)
                .update(volume.withMetadata(metadata).withSpec(volume.spec().withClaimRef(Volumes.referenceTo(claim))));
    }

    private PersistentVolumeClaim named(PersistentVolumeClaim claim, PersistentVolume volume) {
        boolean named = claim.spec().volumeName().equals(volume.metadata().name());
        if (named && Volumes.isMarked(claim, Volumes.BIND_COMPLETED)) {
            return claim;
        }
        ObjectMeta metadata = named
                ? Volumes.marked(claim.metadata(), Volumes.BIND_COMPLETED)
                : Volumes.marked(claim.metadata(), Volumes.BIND_COMPLETED, Volumes.BOUND_BY_CONTROLLER);
        return claims(claim)
                .update(claim.withMetadata(metadata)
                        .withSpec(claim.spec().withVolumeName(volume.metadata().name())));
    }

    /** The claim has no volume for now, or for ever. */
    void unbound(PersistentVolumeClaim claim, String phase) {
        boolean lost = phase.equals(PersistentVolumeClaimPhase.LOST);
        write(
                claim,
                PersistentVolumeClaimStatusBuilder.builder(claim.status())
                        .phase(phase)
                        .accessModes(lost ? claim.status().accessModes() : List.of())
                        .capacity(lost ? claim.status().capacity() : Map.of())
                        .build());
    }

    PersistentVolume phase(PersistentVolume volume, String phase, String reason, String message) {
        PersistentVolumeStatus before = volume.status();
        if (before.phase().equals(phase) && before.message().equals(message)) {
            return volume;
        }
        Time changed = before.phase().equals(phase)
                ? before.lastPhaseTransitionTime()
                : Time.of(context.clock().instant());
        return context.client()
                .resources(PersistentVolume.TYPE)
                .updateStatus(volume.withStatus(PersistentVolumeStatusBuilder.builder(before)
                        .phase(phase)
                        .reason(reason)
                        .message(message)
                        .lastPhaseTransitionTime(changed)
                        .build()));
    }

    private void write(PersistentVolumeClaim claim, PersistentVolumeClaimStatus next) {
        if (!next.equals(claim.status())) {
            claims(claim).updateStatus(claim.withStatus(next));
        }
    }

    private ResourceClient<PersistentVolumeClaim> claims(PersistentVolumeClaim claim) {
        return context.client()
                .resources(PersistentVolumeClaim.TYPE)
                .inNamespace(claim.metadata().namespace());
    }
}
