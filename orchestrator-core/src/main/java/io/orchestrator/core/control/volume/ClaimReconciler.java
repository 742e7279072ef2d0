package io.orchestrator.core.control.volume;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimPhase;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.api.model.storage.VolumeBindingMode;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.storage.VolumeProvisioner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds a volume for a claim, or has one made, and keeps the two together. */
public final class ClaimReconciler implements Reconciler {
    private static final String BY_CLAIM = "claim";
    private static final int WORKERS = 5;

    private final Provisioning provisioning;

    private ClaimReconciler(Provisioning provisioning) {
        this.provisioning = provisioning;
    }

    /** @param provisioners those that make volumes in this process */
    public static ControllerSpec controller(Collection<VolumeProvisioner> provisioners) {
        return ControllerSpec.named("persistentvolume-controller")
                .reconciles(PersistentVolumeClaim.TYPE)
                .watches(PersistentVolume.TYPE, ClaimReconciler::claimsOf)
                .watches(StorageClass.TYPE, (storageClass, view) -> waiting(view, claim -> true))
                .source(new Source<>(
                        Pod.TYPE,
                        (pod, view) -> MountedClaims.of(pod),
                        (before, after) ->
                                !before.spec().nodeName().equals(after.spec().nodeName()),
                        List.of(new Index<>(BY_CLAIM, MountedClaims::names))))
                .reads(Node.TYPE)
                .workers(WORKERS)
                .with(new ClaimReconciler(new Provisioning(provisioners)));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        PersistentVolumeClaim claim =
                context.view().get(PersistentVolumeClaim.TYPE, key).orElse(null);
        if (claim == null || claim.metadata().deletionTimestamp() != null) {
            return Outcome.done();
        }
        Binding binding = new Binding(context);
        if (Volumes.isMarked(claim, Volumes.BIND_COMPLETED)) {
            return keep(claim, binding, context);
        }
        return claim.spec().volumeName().isEmpty() ? find(claim, binding, context) : take(claim, binding, context);
    }

    /** A claim that was bound stays with its volume; without it, it is lost. */
    private static Outcome keep(PersistentVolumeClaim claim, Binding binding, Context context) {
        String name = claim.spec().volumeName();
        PersistentVolume volume = name.isEmpty() ? null : volume(name, context).orElse(null);
        if (volume == null) {
            if (!claim.status().phase().equals(PersistentVolumeClaimPhase.LOST)) {
                String what = name.isEmpty() ? "reference to PersistentVolume" : "its PersistentVolume";
                context.events()
                        .warning(claim, "ClaimLost", "Bound claim has lost " + what + ". Data on the volume is lost!");
            }
            binding.unbound(claim, PersistentVolumeClaimPhase.LOST);
        } else if (volume.spec().claimRef() == null || Volumes.isFor(volume, claim)) {
            binding.bind(Expansion.grown(volume, claim, context), claim);
        } else {
            if (!claim.status().phase().equals(PersistentVolumeClaimPhase.LOST)) {
                context.events()
                        .warning(
                                claim,
                                "ClaimMisbound",
                                "Two claims are bound to the same volume, this one is bound incorrectly");
            }
            binding.unbound(claim, PersistentVolumeClaimPhase.LOST);
        }
        return Outcome.done();
    }

    /** A claim that names its volume gets that one, or waits for it. */
    private static Outcome take(PersistentVolumeClaim claim, Binding binding, Context context) {
        PersistentVolume volume = volume(claim.spec().volumeName(), context).orElse(null);
        if (volume == null) {
            binding.unbound(claim, PersistentVolumeClaimPhase.PENDING);
        } else if (volume.spec().claimRef() == null) {
            Optional<String> mismatch = Match.mismatch(claim, volume);
            if (mismatch.isPresent()) {
                context.events()
                        .warning(
                                claim,
                                "VolumeMismatch",
                                "Cannot bind to requested volume \""
                                        + volume.metadata().name() + "\": " + mismatch.get());
                binding.unbound(claim, PersistentVolumeClaimPhase.PENDING);
            } else {
                binding.bind(volume, claim);
            }
        } else if (Volumes.isFor(volume, claim)) {
            binding.bind(volume, claim);
        } else {
            context.events()
                    .warning(
                            claim,
                            "FailedBinding",
                            "volume \"" + volume.metadata().name() + "\" already bound to a different claim.");
            binding.unbound(claim, PersistentVolumeClaimPhase.PENDING);
        }
        return Outcome.done();
    }

    private Outcome find(PersistentVolumeClaim cached, Binding binding, Context context) {
        PersistentVolumeClaim claim = classified(cached, context);
        StorageClass storageClass = context.view()
                .get(StorageClass.TYPE, new ObjectKey("", Volumes.classOf(claim)))
                .orElse(null);
        boolean waits = storageClass != null
                && VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER.equals(storageClass.volumeBindingMode());
        Node node = waits ? firstConsumersNode(claim, context).orElse(null) : null;
        boolean tooEarly = waits && node == null;
        PersistentVolume match = Match.of(claim, context.view().list(PersistentVolume.TYPE, ""), node, tooEarly)
                .orElse(null);
        if (match != null) {
            binding.bind(match, claim);
            return Outcome.done();
        }
        if (!claim.status().phase().equals(PersistentVolumeClaimPhase.PENDING)) {
            binding.unbound(claim, PersistentVolumeClaimPhase.PENDING);
            return Outcome.done(); // the change brings it back
        }
        if (tooEarly) {
            context.events()
                    .normal(claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
            return Outcome.done();
        }
        if (storageClass != null) {
            return provisioning.provision(claim, storageClass, node, context);
        }
        String name = Volumes.classOf(claim);
        if (name.isEmpty()) {
            context.events()
                    .normal(
                            claim,
                            "FailedBinding",
                            "no persistent volumes available for this claim and no storage class is set");
        } else {
            context.events()
                    .warning(claim, "ProvisioningFailed", "storageclass.storage.k8s.io \"" + name + "\" not found");
        }
        return Outcome.done();
    }

    /** The claim with the class that the cluster has for those that name none. */
    private static PersistentVolumeClaim classified(PersistentVolumeClaim claim, Context context) {
        if (!Volumes.isWithoutClass(claim)) {
            return claim;
        }
        return Volumes.defaultOf(context.view().list(StorageClass.TYPE, ""))
                .map(standard -> context.client()
                        .resources(PersistentVolumeClaim.TYPE)
                        .inNamespace(claim.metadata().namespace())
                        .update(claim.withSpec(claim.spec()
                                .withStorageClassName(standard.metadata().name()))))
                .orElse(claim);
    }

    /** Where the scheduler wants the volume, or else where a pod that uses it was put. */
    private static Optional<Node> firstConsumersNode(PersistentVolumeClaim claim, Context context) {
        String selected = claim.metadata().annotations().getOrDefault(Volumes.SELECTED_NODE, "");
        String name = selected.isEmpty()
                ? context.view().byIndex(Pod.TYPE, BY_CLAIM, ObjectKey.of(claim).toString()).stream()
                        .filter(PodFacts::isActive)
                        .map(pod -> pod.spec().nodeName())
                        .filter(node -> !node.isEmpty())
                        .findFirst()
                        .orElse("")
                : selected;
        return name.isEmpty() ? Optional.empty() : context.view().get(Node.TYPE, new ObjectKey("", name));
    }

    /** A cache that lags must not make a claim lose its data. */
    private static Optional<PersistentVolume> volume(String name, Context context) {
        return context.view()
                .get(PersistentVolume.TYPE, new ObjectKey("", name))
                .or(() -> context.client().resources(PersistentVolume.TYPE).find(name));
    }

    /** The claim that a volume names; of a free one, those that wait for a volume. */
    private static List<ObjectKey> claimsOf(PersistentVolume volume, View view) {
        ObjectReference reference = volume.spec().claimRef();
        if (reference != null) {
            List<ObjectKey> keys = new ArrayList<>(waiting(
                    view,
                    claim -> claim.spec().volumeName().equals(volume.metadata().name())));
            keys.add(new ObjectKey(reference.namespace(), reference.name()));
            return keys;
        }
        return waiting(view, claim -> Volumes.classOf(claim).equals(Volumes.classOf(volume)));
    }

    private static List<ObjectKey> waiting(View view, Predicate<PersistentVolumeClaim> suits) {
        return view.list(PersistentVolumeClaim.TYPE, "").stream()
                .filter(claim -> !Volumes.isMarked(claim, Volumes.BIND_COMPLETED))
                .filter(suits)
                .map(ObjectKey::of)
                .toList();
    }
}
