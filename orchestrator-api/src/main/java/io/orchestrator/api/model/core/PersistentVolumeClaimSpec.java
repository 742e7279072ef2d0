package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("The storage that is asked for.")
@RecordBuilder
public record PersistentVolumeClaimSpec(
        @Field(
                value = "How many nodes and pods must be able to mount it, and how.",
                tag = 1,
                listType = ListType.ATOMIC,
                enumValues = {
                    PersistentVolumeAccessMode.READ_WRITE_ONCE,
                    PersistentVolumeAccessMode.READ_ONLY_MANY,
                    PersistentVolumeAccessMode.READ_WRITE_MANY,
                    PersistentVolumeAccessMode.READ_WRITE_ONCE_POD
                })
        List<String> accessModes,

        @Field(value = "The labels that a volume must have.", tag = 4) @Nullable
        LabelSelector selector,

        @Field(value = "How much is asked for.", tag = 2) VolumeResourceRequirements resources,

        @Field(value = "The volume that the claim is bound to.", tag = 3)
        String volumeName,

        @Field(value = "The class that makes the volume; empty for volumes without class.", tag = 5) @Nullable
        String storageClassName,

        @Field(
                value = "Whether a file system or a raw device is wanted.",
                tag = 6,
                enumValues = {PersistentVolumeMode.BLOCK, PersistentVolumeMode.FILESYSTEM})
        @Nullable
        String volumeMode,

        @Field(value = "What the volume is filled from: a snapshot or a claim.", tag = 7) @Nullable
        TypedLocalObjectReference dataSource,

        @Field(value = "The same for any kind of object.", tag = 8) @Nullable
        TypedObjectReference dataSourceRef,

        @Field(value = "The class that tunes the volume.", tag = 9) @Nullable
        String volumeAttributesClassName)
        implements PersistentVolumeClaimSpecBuilder.With {
    public static final PersistentVolumeClaimSpec EMPTY =
            PersistentVolumeClaimSpecBuilder.builder().build();

    public PersistentVolumeClaimSpec {
        accessModes = Fields.list(accessModes);
        resources = Fields.orElse(resources, VolumeResourceRequirements.EMPTY);
        volumeName = Fields.text(volumeName);
    }
}
