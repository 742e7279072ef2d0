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

@Description("What the storage is, and who may have it.")
@RecordBuilder
public record PersistentVolumeSpec(
        @Field(value = "How much it holds.", tag = 1) Map<String, Quantity> capacity,

        @Field(value = "A Google Compute Engine disk; superseded by its CSI driver.", tag = 1, within = 2) @Nullable
        GCEPersistentDiskVolumeSource gcePersistentDisk,

        @Field(value = "An AWS EBS disk; superseded by its CSI driver.", tag = 2, within = 2) @Nullable
        AWSElasticBlockStoreVolumeSource awsElasticBlockStore,

        @Field(value = "A directory of the one node; for tests.", tag = 3, within = 2) @Nullable
        HostPathVolumeSource hostPath,

        @Field(value = "A Gluster volume; deprecated.", tag = 4, within = 2) @Nullable
        GlusterfsPersistentVolumeSource glusterfs,

        @Field(value = "A directory of an NFS server.", tag = 5, within = 2) @Nullable
        NFSVolumeSource nfs,

        @Field(value = "A Ceph block device; deprecated.", tag = 6, within = 2) @Nullable
        RBDPersistentVolumeSource rbd,

        @Field(value = "A disk reached over iSCSI.", tag = 7, within = 2) @Nullable
        ISCSIPersistentVolumeSource iscsi,

        @Field(value = "An OpenStack disk; superseded by its CSI driver.", tag = 8, within = 2) @Nullable
        CinderPersistentVolumeSource cinder,

        @Field(value = "A Ceph file system; deprecated.", tag = 9, within = 2) @Nullable
        CephFSPersistentVolumeSource cephfs,

        @Field(value = "A disk reached over Fibre Channel.", tag = 10, within = 2) @Nullable
        FCVolumeSource fc,

        @Field(value = "A Flocker dataset; deprecated.", tag = 11, within = 2) @Nullable
        FlockerVolumeSource flocker,

        @Field(value = "A volume of an executable plug-in; deprecated.", tag = 12, within = 2) @Nullable
        FlexPersistentVolumeSource flexVolume,

        @Field(value = "An Azure file share; superseded by its CSI driver.", tag = 13, within = 2) @Nullable
        AzureFilePersistentVolumeSource azureFile,

        @Field(value = "A vSphere disk; superseded by its CSI driver.", tag = 14, within = 2) @Nullable
        VsphereVirtualDiskVolumeSource vsphereVolume,

        @Field(value = "A Quobyte volume; deprecated.", tag = 15, within = 2) @Nullable
        QuobyteVolumeSource quobyte,

        @Field(value = "An Azure disk; superseded by its CSI driver.", tag = 16, within = 2) @Nullable
        AzureDiskVolumeSource azureDisk,

        @Field(value = "A Photon Controller disk; deprecated.", tag = 17, within = 2) @Nullable
        PhotonPersistentDiskVolumeSource photonPersistentDisk,

        @Field(value = "A Portworx volume; superseded by its CSI driver.", tag = 18, within = 2) @Nullable
        PortworxVolumeSource portworxVolume,

        @Field(value = "A ScaleIO volume; deprecated.", tag = 19, within = 2) @Nullable
        ScaleIOPersistentVolumeSource scaleIO,

        @Field(value = "A disk that is attached to a node.", tag = 20, within = 2) @Nullable
        LocalVolumeSource local,

        @Field(value = "A StorageOS volume; deprecated.", tag = 21, within = 2) @Nullable
        StorageOSPersistentVolumeSource storageos,

        @Field(value = "A volume of a CSI driver.", tag = 22, within = 2) @Nullable
        CSIPersistentVolumeSource csi,

        @Field(
                value = "How it can be mounted.",
                tag = 3,
                listType = ListType.ATOMIC,
                enumValues = {
                    PersistentVolumeAccessMode.READ_WRITE_ONCE,
                    PersistentVolumeAccessMode.READ_ONLY_MANY,
                    PersistentVolumeAccessMode.READ_WRITE_MANY,
                    PersistentVolumeAccessMode.READ_WRITE_ONCE_POD
                })
        List<String> accessModes,

        @Field(value = "The claim that it is bound to.", tag = 4, mapType = MapType.GRANULAR) @Nullable
        ObjectReference claimRef,

        @Field(
                value = "What happens to it when its claim is gone.",
                tag = 5,
                enumValues = {
                    PersistentVolumeReclaimPolicy.RECYCLE,
                    PersistentVolumeReclaimPolicy.DELETE,
                    PersistentVolumeReclaimPolicy.RETAIN
                })
        String persistentVolumeReclaimPolicy,

        @Field(value = "The class that it belongs to.", tag = 6)
        String storageClassName,

        @Field(value = "Options for mounting it.", tag = 7, listType = ListType.ATOMIC)
        List<String> mountOptions,

        @Field(
                value = "Whether it is mounted as a file system or handed on as a raw device.",
                tag = 8,
                enumValues = {PersistentVolumeMode.BLOCK, PersistentVolumeMode.FILESYSTEM})
        @Nullable
        String volumeMode,

        @Field(value = "The nodes that can reach it.", tag = 9) @Nullable
        VolumeNodeAffinity nodeAffinity,

        @Field(value = "The class that tunes it.", tag = 10) @Nullable
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
