package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Persistent volume claim spec.")
@RecordBuilder
public record PersistentVolumeClaimSpec(
        @Field(
                value = "Access modes.",
                tag = 1,
                listType = ListType.ATOMIC,
                enumValues = {
                    PersistentVolumeAccessMode.READ_WRITE_ONCE,
                    PersistentVolumeAccessMode.READ_ONLY_MANY,
                    PersistentVolumeAccessMode.READ_WRITE_MANY,
                    PersistentVolumeAccessMode.READ_WRITE_ONCE_POD
                })
        List<String> accessModes,

        @Field(value = "Selector.", tag = 4) @Nullable LabelSelector selector,
        @Field(value = "Resources.", tag = 2) VolumeResourceRequirements resources,
        @Field(value = "Volume name.", tag = 3) String volumeName,

        @Field(value = "Storage class name.", tag = 5) @Nullable
        String storageClassName,

        @Field(
                value = "Volume mode.",
                tag = 6,
                enumValues = {PersistentVolumeMode.BLOCK, PersistentVolumeMode.FILESYSTEM})
        @Nullable
        String volumeMode,

        @Field(value = "Data source.", tag = 7) @Nullable TypedLocalObjectReference dataSource,

        @Field(value = "Data source ref.", tag = 8) @Nullable
        TypedObjectReference dataSourceRef,

        @Field(value = "Volume attributes class name.", tag = 9) @Nullable
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
