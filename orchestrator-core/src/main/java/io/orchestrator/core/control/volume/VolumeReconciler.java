package io.orchestrator.core.control.volume;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumePhase;
import io.orchestrator.api.model.core.PersistentVolumeReclaimPolicy;
import io.orchestrator.core.storage.VolumeException;
import io.orchestrator.core.storage.VolumeProvisioner;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says how a volume is, and does with one whose claim is gone what it is meant for. */
public final class VolumeReconciler implements Reconciler {
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Provisioning provisioning;

    private VolumeReconciler(Provisioning provisioning) {
        this.provisioning = provisioning;
    }

    /** @param provisioners those whose volumes are destroyed by this process */
    public static ControllerSpec controller(Collection<VolumeProvisioner> provisioners) {
        return ControllerSpec.named("persistentvolume-releaser")
                .reconciles(PersistentVolume.TYPE)
                .watches(PersistentVolumeClaim.TYPE, VolumeReconciler::volumesOf)
                .with(new VolumeReconciler(new Provisioning(provisioners)));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        PersistentVolume volume = context.view().get(PersistentVolume.TYPE, key).orElse(null);
        if (volume == null) {
            return Outcome.done();
        }
        Binding binding = new Binding(context);
        ObjectReference reference = volume.spec().claimRef();
        if (reference == null || reference.uid().isEmpty()) {
            if (volume.metadata().deletionTimestamp() == null) {
                binding.phase(volume, PersistentVolumePhase.AVAILABLE, "", "");
            }
            return Outcome.done();
        }
        PersistentVolumeClaim claim = claim(reference, context).orElse(null);
        if (claim == null) {
            return release(volume, binding, context);
        }
        if (claim.spec().volumeName().equals(volume.metadata().name())) {
            binding.phase(volume, PersistentVolumePhase.BOUND, "", "");
        } else if (!claim.spec().volumeName().isEmpty()) {
            return letGo(volume, binding, context);
        }
        return Outcome.done();
    }

    /** The claim went elsewhere: what was made for it alone goes, the others are free again. */
    private Outcome letGo(PersistentVolume volume, Binding binding, Context context) {
        boolean madeForIt = Volumes.isMarked(volume, Volumes.PROVISIONED_BY)
                && volume.spec().persistentVolumeReclaimPolicy().equals(PersistentVolumeReclaimPolicy.DELETE);
        if (madeForIt) {
            return release(volume, binding, context);
        }
        boolean byController = Volumes.isMarked(volume, Volumes.BOUND_BY_CONTROLLER);
        ObjectReference reference = volume.spec().claimRef();
        Map<String, String> annotations = new LinkedHashMap<>(volume.metadata().annotations());
        annotations.remove(Volumes.BOUND_BY_CONTROLLER);
        context.client()
                .resources(PersistentVolume.TYPE)
                .update(volume.withMetadata(volume.metadata().withAnnotations(annotations))
                        .withSpec(volume.spec()
                                .withClaimRef(byController || reference == null ? null : reference.withUid(""))));
        return Outcome.done();
    }

    private Outcome release(PersistentVolume volume, Binding binding, Context context) {
        boolean failed = volume.status().phase().equals(PersistentVolumePhase.FAILED);
        PersistentVolume released = failed ? volume : binding.phase(volume, PersistentVolumePhase.RELEASED, "", "");
        switch (volume.spec().persistentVolumeReclaimPolicy()) {
            case PersistentVolumeReclaimPolicy.DELETE -> {
                return delete(released, binding, context);
            }
            case PersistentVolumeReclaimPolicy.RECYCLE -> {
                String why = "recycling is not supported: use the policy Delete or Retain";
                events(context).warning(volume, "VolumeRecycleFailed", why);
                binding.phase(released, PersistentVolumePhase.FAILED, "VolumeRecycleFailed", why);
                return Outcome.done();
            }
            default -> {
                return Outcome.done();
            }
        }
    }

    private Outcome delete(PersistentVolume volume, Binding binding, Context context) {
        VolumeProvisioner maker = provisioning.makerOf(volume).orElse(null);
        if (maker == null) {
            if (!Volumes.isMarked(volume, Volumes.PROVISIONED_BY)) {
                String why = "error getting deleter volume plugin for volume \""
                        + volume.metadata().name() + "\": no volume plugin matched";
                events(context).warning(volume, "VolumeFailedDelete", why);
                binding.phase(volume, PersistentVolumePhase.FAILED, "VolumeFailedDelete", why);
            }
            return Outcome.done(); // whoever made it elsewhere takes it back
        }
        try {
            maker.delete(volume);
        } catch (VolumeException e) {
            String why = String.valueOf(e.getMessage());
            events(context).warning(volume, "VolumeFailedDelete", why);
            binding.phase(volume, PersistentVolumePhase.FAILED, "VolumeFailedDelete", why);
            return Outcome.retryAfter(RETRY, "the volume could not be destroyed");
        }
        try {
            context.client()
                    .resources(PersistentVolume.TYPE)
                    .delete(
                            volume.metadata().name(),
                            DeleteOptions.defaults().onlyUid(volume.metadata().uid()));
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
        return Outcome.done();
    }

    /** To people it is one controller with the one that binds. */
    private static Events events(Context context) {
        return context.events().as("persistentvolume-controller");
    }

    /** Data is destroyed only where the server itself says that the claim is gone. */
    private static Optional<PersistentVolumeClaim> claim(ObjectReference reference, Context context) {
        return context.view()
                .get(PersistentVolumeClaim.TYPE, new ObjectKey(reference.namespace(), reference.name()))
                .filter(claim -> claim.metadata().uid().equals(reference.uid()))
                .or(() -> context.client()
                        .resources(PersistentVolumeClaim.TYPE)
                        .inNamespace(reference.namespace())
                        .find(reference.name())
                        .filter(claim -> claim.metadata().uid().equals(reference.uid())));
    }

    private static List<ObjectKey> volumesOf(PersistentVolumeClaim claim, View view) {
        return view.list(PersistentVolume.TYPE, "").stream()
                .filter(volume -> Volumes.isFor(volume, claim)
                        || volume.metadata().name().equals(claim.spec().volumeName()))
                .map(ObjectKey::of)
                .toList();
    }
}
