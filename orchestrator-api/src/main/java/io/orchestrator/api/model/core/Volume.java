package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Volume.")
@RecordBuilder
public record Volume(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Host path.", tag = 1, within = 2) @Nullable
        HostPathVolumeSource hostPath,

        @Field(value = "Empty dir.", tag = 2, within = 2) @Nullable
        EmptyDirVolumeSource emptyDir,

        @Field(value = "Gce persistent disk.", tag = 3, within = 2) @Nullable
        GCEPersistentDiskVolumeSource gcePersistentDisk,

        @Field(value = "Aws elastic block store.", tag = 4, within = 2) @Nullable
        AWSElasticBlockStoreVolumeSource awsElasticBlockStore,

        @Field(value = "Git repo.", tag = 5, within = 2) @Nullable
        GitRepoVolumeSource gitRepo,

        @Field(value = "Secret.", tag = 6, within = 2) @Nullable
        SecretVolumeSource secret,

        @Field(value = "Nfs.", tag = 7, within = 2) @Nullable
        NFSVolumeSource nfs,

        @Field(value = "Iscsi.", tag = 8, within = 2) @Nullable
        ISCSIVolumeSource iscsi,

        @Field(value = "Glusterfs.", tag = 9, within = 2) @Nullable
        GlusterfsVolumeSource glusterfs,

        @Field(value = "Persistent volume claim.", tag = 10, within = 2) @Nullable
        PersistentVolumeClaimVolumeSource persistentVolumeClaim,

        @Field(value = "Rbd.", tag = 11, within = 2) @Nullable
        RBDVolumeSource rbd,

        @Field(value = "Flex volume.", tag = 12, within = 2) @Nullable
        FlexVolumeSource flexVolume,

        @Field(value = "Cinder.", tag = 13, within = 2) @Nullable
        CinderVolumeSource cinder,

        @Field(value = "Cephfs.", tag = 14, within = 2) @Nullable
        CephFSVolumeSource cephfs,

        @Field(value = "Flocker.", tag = 15, within = 2) @Nullable
        FlockerVolumeSource flocker,

        @Field(value = "Downward api.", tag = 16, within = 2) @Nullable
        DownwardAPIVolumeSource downwardAPI,

        @Field(value = "Fc.", tag = 17, within = 2) @Nullable
        FCVolumeSource fc,

        @Field(value = "Azure file.", tag = 18, within = 2) @Nullable
        AzureFileVolumeSource azureFile,

        @Field(value = "Config map.", tag = 19, within = 2) @Nullable
        ConfigMapVolumeSource configMap,

        @Field(value = "Vsphere volume.", tag = 20, within = 2) @Nullable
        VsphereVirtualDiskVolumeSource vsphereVolume,

        @Field(value = "Quobyte.", tag = 21, within = 2) @Nullable
        QuobyteVolumeSource quobyte,

        @Field(value = "Azure disk.", tag = 22, within = 2) @Nullable
        AzureDiskVolumeSource azureDisk,

        @Field(value = "Photon persistent disk.", tag = 23, within = 2) @Nullable
        PhotonPersistentDiskVolumeSource photonPersistentDisk,

        @Field(value = "Projected.", tag = 26, within = 2) @Nullable
        ProjectedVolumeSource projected,

        @Field(value = "Portworx volume.", tag = 24, within = 2) @Nullable
        PortworxVolumeSource portworxVolume,

        @Field(value = "Scale io.", tag = 25, within = 2) @Nullable
        ScaleIOVolumeSource scaleIO,

        @Field(value = "Storageos.", tag = 27, within = 2) @Nullable
        StorageOSVolumeSource storageos,

        @Field(value = "Csi.", tag = 28, within = 2) @Nullable
        CSIVolumeSource csi,

        @Field(value = "Ephemeral.", tag = 29, within = 2) @Nullable
        EphemeralVolumeSource ephemeral,

        @Field(value = "Image.", tag = 30, within = 2) @Nullable
        ImageVolumeSource image)
        implements VolumeBuilder.With {
    public static final Volume EMPTY = VolumeBuilder.builder().build();

    public Volume {
        name = Fields.text(name);
    }
}
