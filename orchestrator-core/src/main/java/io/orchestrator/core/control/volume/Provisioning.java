package io.orchestrator.core.control.volume;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeReclaimPolicy;
import io.orchestrator.api.model.core.PersistentVolumeSpec;
import io.orchestrator.api.model.core.PersistentVolumeSpecBuilder;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.core.storage.VolumeException;
import io.orchestrator.core.storage.VolumeProvisioner;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Has volumes made for claims, and destroyed. */
final class Provisioning {
    private static final String NONE = "kubernetes.io/no-provisioner";

    private final Map<String, VolumeProvisioner> provisioners;

    Provisioning(Collection<VolumeProvisioner> provisioners) {
        this.provisioners =
                provisioners.stream().collect(Collectors.toMap(VolumeProvisioner::name, Function.identity()));
    }

    /** Has a volume made for the claim, or says what it waits for. */
    Outcome provision(PersistentVolumeClaim claim, StorageClass storageClass, @Nullable Node node, Context context) {
        String name = storageClass.provisioner();
        if (name.equals(NONE)) {
            return Outcome.done(); // somebody makes the volumes by hand
        }
        PersistentVolumeClaim noted = noted(claim, name, context);
        VolumeProvisioner provisioner = provisioners.get(name);
        if (provisioner == null) {
            context.events()
                    .normal(
                            claim,
                            "ExternalProvisioning",
                            "Waiting for a volume to be created either by the external provisioner '" + name
                                    + "' or manually by the system administrator. If volume creation is delayed, please"
                                    + " verify that the provisioner is running and correctly registered.");
            return Outcome.done();
        }
        String volume = "pvc-" + claim.metadata().uid();
        try {
            create(volume, provisioner.provision(volume, noted, storageClass, node), noted, storageClass, context);
            return Outcome.done();
        } catch (VolumeException e) {
            context.events()
                    .warning(
                            claim,
                            "ProvisioningFailed",
                            "Failed to provision volume with StorageClass \""
                                    + storageClass.metadata().name() + "\": " + e.getMessage());
            return Outcome.done();
        }
    }

    private static void create(
            String name,
            PersistentVolumeSpec source,
            PersistentVolumeClaim claim,
            StorageClass storageClass,
            Context context) {
        PersistentVolumeSpec spec = PersistentVolumeSpecBuilder.builder(source)
                .capacity(Volumes.capacity(Volumes.wanted(claim)))
                .accessModes(claim.spec().accessModes())
                .claimRef(Volumes.referenceTo(claim))
                .persistentVolumeReclaimPolicy(
                        Objects.requireNonNullElse(storageClass.reclaimPolicy(), PersistentVolumeReclaimPolicy.DELETE))
                .storageClassName(storageClass.metadata().name())
                .mountOptions(storageClass.mountOptions())
                .volumeMode(claim.spec().volumeMode())
                .build();
        PersistentVolume volume = PersistentVolumeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .annotations(Map.of(
                                Volumes.PROVISIONED_BY, storageClass.provisioner(), Volumes.BOUND_BY_CONTROLLER, "yes"))
                        .finalizers(List.of(Volumes.VOLUME_PROTECTION))
                        .build())
                .spec(spec)
                .build();
        try {
            context.client().resources(PersistentVolume.TYPE).create(volume);
            context.events()
                    .normal(
                            claim,
                            "ProvisioningSucceeded",
                            "Successfully provisioned volume " + name + " using " + storageClass.provisioner());
        } catch (ApiException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
        }
    }

    /** External provisioners look for their name here. */
    private static PersistentVolumeClaim noted(PersistentVolumeClaim claim, String provisioner, Context context) {
        Map<String, String> annotations = new LinkedHashMap<>(claim.metadata().annotations());
        annotations.put(Volumes.PROVISIONER, provisioner);
        annotations.put(Volumes.BETA_PROVISIONER, provisioner);
        if (annotations.equals(claim.metadata().annotations())) {
            return claim;
        }
        return context.client()
                .resources(PersistentVolumeClaim.TYPE)
                .inNamespace(claim.metadata().namespace())
                .update(claim.withMetadata(claim.metadata().withAnnotations(annotations)));
    }

    /** Who made the volume, if that was one of ours. */
    Optional<VolumeProvisioner> makerOf(PersistentVolume volume) {
        String name = volume.metadata().annotations().getOrDefault(Volumes.PROVISIONED_BY, "");
        return Optional.ofNullable(provisioners.get(name));
    }
}
