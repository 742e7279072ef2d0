package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.MapType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("Persistent volume spec.")
@RecordBuilder
public record PersistentVolumeSpec(
        @Field(value = "Capacity.", tag = 1) Map<String, Quantity> capacity,

        @Field(value = "Gce persistent disk.", tag = 1, within = 2) @Nullable
        GCEPersistentDiskVolumeSource gcePersistentDisk,

        @Field(value = "Aws elastic block store.", tag = 2, within = 2) @Nullable
        AWSElasticBlockStoreVolumeSource awsElasticBlockStore,

        @Field(value = "Host path.", tag = 3, within = 2) @Nullable
        HostPathVolumeSource hostPath,

        @Field(value = "Glusterfs.", tag = 4, within = 2) @Nullable
        GlusterfsPersistentVolumeSource glusterfs,

        @Field(value = "Nfs.", tag = 5, within = 2) @Nullable
        NFSVolumeSource nfs,

        @Field(value = "Rbd.", tag = 6, within = 2) @Nullable
        RBDPersistentVolumeSource rbd,

        @Field(value = "Iscsi.", tag = 7, within = 2) @Nullable
        ISCSIPersistentVolumeSource iscsi,

        @Field(value = "Cinder.", tag = 8, within = 2) @Nullable
        CinderPersistentVolumeSource cinder,

        @Field(value = "Cephfs.", tag = 9, within = 2) @Nullable
        CephFSPersistentVolumeSource cephfs,

        @Field(value = "Fc.", tag = 10, within = 2) @Nullable
        FCVolumeSource fc,

        @Field(value = "Flocker.", tag = 11, within = 2) @Nullable
        FlockerVolumeSource flocker,

        @Field(value = "Flex volume.", tag = 12, within = 2) @Nullable
        FlexPersistentVolumeSource flexVolume,

        @Field(value = "Azure file.", tag = 13, within = 2) @Nullable
        AzureFilePersistentVolumeSource azureFile,

        @Field(value = "Vsphere volume.", tag = 14, within = 2) @Nullable
        VsphereVirtualDiskVolumeSource vsphereVolume,

        @Field(value = "Quobyte.", tag = 15, within = 2) @Nullable
        QuobyteVolumeSource quobyte,

        @Field(value = "Azure disk.", tag = 16, within = 2) @Nullable
        AzureDiskVolumeSource azureDisk,

        @Field(value = "Photon persistent disk.", tag = 17, within = 2) @Nullable
        PhotonPersistentDiskVolumeSource photonPersistentDisk,

        @Field(value = "Portworx volume.", tag = 18, within = 2) @Nullable
        PortworxVolumeSource portworxVolume,

        @Field(value = "Scale io.", tag = 19, within = 2) @Nullable
        ScaleIOPersistentVolumeSource scaleIO,

        @Field(value = "Local.", tag = 20, within = 2) @Nullable
        LocalVolumeSource local,

        @Field(value = "Storageos.", tag = 21, within = 2) @Nullable
        StorageOSPersistentVolumeSource storageos,

        @Field(value = "Csi.", tag = 22, within = 2) @Nullable
        CSIPersistentVolumeSource csi,

        @Field(
                value = "Access modes.",
                tag = 3,
                listType = ListType.ATOMIC,
                enumValues = {
                    PersistentVolumeAccessMode.READ_WRITE_ONCE,
                    PersistentVolumeAccessMode.READ_ONLY_MANY,
                    PersistentVolumeAccessMode.READ_WRITE_MANY,
                    PersistentVolumeAccessMode.READ_WRITE_ONCE_POD
                })
        List<String> accessModes,

        @Field(value = "Claim ref.", tag = 4, mapType = MapType.GRANULAR) @Nullable
        ObjectReference claimRef,

        @Field(
                value = "Persistent volume reclaim policy.",
                tag = 5,
                enumValues = {
                    PersistentVolumeReclaimPolicy.RECYCLE,
                    PersistentVolumeReclaimPolicy.DELETE,
                    PersistentVolumeReclaimPolicy.RETAIN
                })
        String persistentVolumeReclaimPolicy,

        @Field(value = "Storage class name.", tag = 6) String storageClassName,

        @Field(value = "Mount options.", tag = 7, listType = ListType.ATOMIC)
        List<String> mountOptions,

        @Field(
                value = "Volume mode.",
                tag = 8,
                enumValues = {PersistentVolumeMode.BLOCK, PersistentVolumeMode.FILESYSTEM})
        @Nullable
        String volumeMode,

        @Field(value = "Node affinity.", tag = 9) @Nullable VolumeNodeAffinity nodeAffinity,

        @Field(value = "Volume attributes class name.", tag = 10) @Nullable
        String volumeAttributesClassName)
        implements PersistentVolumeSpecBuilder.With {
    public static final PersistentVolumeSpec EMPTY =
            PersistentVolumeSpecBuilder.builder().build();

    public PersistentVolumeSpec {
        capacity = Fields.map(capacity);
        accessModes = Fields.list(accessModes);
        persistentVolumeReclaimPolicy = Fields.text(persistentVolumeReclaimPolicy);
        storageClassName = Fields.text(storageClassName);
        mountOptions = Fields.list(mountOptions);
    }
}
