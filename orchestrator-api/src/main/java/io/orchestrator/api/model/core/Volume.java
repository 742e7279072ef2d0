package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A directory with content from one source, which containers can mount.")
@RecordBuilder
public record Volume(
        @Field(value = "The name that mounts refer to.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "A file or directory of the node.", tag = 1, within = 2) @Nullable
        HostPathVolumeSource hostPath,

        @Field(value = "An empty directory that lives as long as the pod.", tag = 2, within = 2) @Nullable
        EmptyDirVolumeSource emptyDir,

        @Field(value = "A Google Compute Engine disk; superseded by its CSI driver.", tag = 3, within = 2) @Nullable
        GCEPersistentDiskVolumeSource gcePersistentDisk,

        @Field(value = "An AWS EBS disk; superseded by its CSI driver.", tag = 4, within = 2) @Nullable
        AWSElasticBlockStoreVolumeSource awsElasticBlockStore,

        @Field(value = "A git repository, cloned; deprecated.", tag = 5, within = 2) @Nullable
        GitRepoVolumeSource gitRepo,

        @Field(value = "A file for each key of a secret.", tag = 6, within = 2) @Nullable
        SecretVolumeSource secret,

        @Field(value = "A directory of an NFS server.", tag = 7, within = 2) @Nullable
        NFSVolumeSource nfs,

        @Field(value = "A disk reached over iSCSI.", tag = 8, within = 2) @Nullable
        ISCSIVolumeSource iscsi,

        @Field(value = "A Gluster volume; deprecated.", tag = 9, within = 2) @Nullable
        GlusterfsVolumeSource glusterfs,

        @Field(value = "The volume that a claim is bound to.", tag = 10, within = 2) @Nullable
        PersistentVolumeClaimVolumeSource persistentVolumeClaim,

        @Field(value = "A Ceph block device; deprecated.", tag = 11, within = 2) @Nullable
        RBDVolumeSource rbd,

        @Field(value = "A volume of an executable plug-in; deprecated.", tag = 12, within = 2) @Nullable
        FlexVolumeSource flexVolume,

        @Field(value = "An OpenStack disk; superseded by its CSI driver.", tag = 13, within = 2) @Nullable
        CinderVolumeSource cinder,

        @Field(value = "A Ceph file system; deprecated.", tag = 14, within = 2) @Nullable
        CephFSVolumeSource cephfs,

        @Field(value = "A Flocker dataset; deprecated.", tag = 15, within = 2) @Nullable
        FlockerVolumeSource flocker,

        @Field(value = "Files with facts about the pod itself.", tag = 16, within = 2) @Nullable
        DownwardAPIVolumeSource downwardAPI,

        @Field(value = "A disk reached over Fibre Channel.", tag = 17, within = 2) @Nullable
        FCVolumeSource fc,

        @Field(value = "An Azure file share; superseded by its CSI driver.", tag = 18, within = 2) @Nullable
        AzureFileVolumeSource azureFile,

        @Field(value = "A file for each key of a config map.", tag = 19, within = 2) @Nullable
        ConfigMapVolumeSource configMap,

        @Field(value = "A vSphere disk; superseded by its CSI driver.", tag = 20, within = 2) @Nullable
        VsphereVirtualDiskVolumeSource vsphereVolume,

        @Field(value = "A Quobyte volume; deprecated.", tag = 21, within = 2) @Nullable
        QuobyteVolumeSource quobyte,

        @Field(value = "An Azure disk; superseded by its CSI driver.", tag = 22, within = 2) @Nullable
        AzureDiskVolumeSource azureDisk,

        @Field(value = "A Photon Controller disk; deprecated.", tag = 23, within = 2) @Nullable
        PhotonPersistentDiskVolumeSource photonPersistentDisk,

        @Field(value = "Files from several sources in one directory.", tag = 26, within = 2) @Nullable
        ProjectedVolumeSource projected,

        @Field(value = "A Portworx volume; superseded by its CSI driver.", tag = 24, within = 2) @Nullable
        PortworxVolumeSource portworxVolume,

        @Field(value = "A ScaleIO volume; deprecated.", tag = 25, within = 2) @Nullable
        ScaleIOVolumeSource scaleIO,

        @Field(value = "A StorageOS volume; deprecated.", tag = 27, within = 2) @Nullable
        StorageOSVolumeSource storageos,

        @Field(value = "A volume that a CSI driver makes for the pod alone.", tag = 28, within = 2) @Nullable
        CSIVolumeSource csi,

        @Field(value = "A claim that is made with the pod and goes with it.", tag = 29, within = 2) @Nullable
        EphemeralVolumeSource ephemeral,

        @Field(value = "The content of an image, read-only.", tag = 30, within = 2) @Nullable
        ImageVolumeSource image)
        implements VolumeBuilder.With {
    public static final Volume EMPTY = VolumeBuilder.builder().build();

    public Volume {
        name = Fields.text(name);
    }
}
