package io.orchestrator.api.model.storage;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.PersistentVolumeReclaimPolicy;
import io.orchestrator.api.model.core.TopologySelectorTerm;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@ResourceKind(
        group = "storage.k8s.io",
        version = "v1",
        kind = "StorageClass",
        plural = "storageclasses",
        namespaced = false,
        shortNames = "sc")
@Description("A sort of storage that claims can ask for.")
@RecordBuilder
public record StorageClass(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "Who makes the volumes.", tag = 2, required = true, alwaysWritten = true)
        String provisioner,

        @Field(value = "Settings for whoever makes the volumes.", tag = 3)
        Map<String, String> parameters,

        @Field(
                value = "What becomes of a volume whose claim is gone.",
                tag = 4,
                enumValues = {
                    PersistentVolumeReclaimPolicy.RECYCLE,
                    PersistentVolumeReclaimPolicy.DELETE,
                    PersistentVolumeReclaimPolicy.RETAIN
                })
        @Nullable
        String reclaimPolicy,

        @Field(value = "Options with which the volumes are mounted.", tag = 5, listType = ListType.ATOMIC)
        List<String> mountOptions,

        @Field(value = "Whether volumes may grow.", tag = 6) @Nullable
        Boolean allowVolumeExpansion,

        @Field(
                value = "Whether a volume is made at once or when a pod needs it.",
                tag = 7,
                enumValues = {VolumeBindingMode.IMMEDIATE, VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER})
        @Nullable
        String volumeBindingMode,

        @Field(value = "Where volumes may be made.", tag = 8, listType = ListType.ATOMIC)
        List<TopologySelectorTerm> allowedTopologies)
        implements Resource, StorageClassBuilder.With {
    public static final ResourceType<StorageClass> TYPE = ResourceType.of(StorageClass.class);

    public StorageClass {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        provisioner = Fields.text(provisioner);
        parameters = Fields.map(parameters);
        mountOptions = Fields.list(mountOptions);
        allowedTopologies = Fields.list(allowedTopologies);
    }

    @Override
    public StorageClass withMetadata(ObjectMeta metadata) {
        return StorageClassBuilder.With.super.withMetadata(metadata);
    }
}
