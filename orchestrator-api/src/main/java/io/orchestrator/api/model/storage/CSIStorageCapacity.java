package io.orchestrator.api.model.storage;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@ResourceKind(group = "storage.k8s.io", version = "v1", kind = "CSIStorageCapacity", plural = "csistoragecapacities")
@Description("How much room a storage class has in a place.")
@RecordBuilder
public record CSIStorageCapacity(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "The nodes that can reach it, by their labels.", tag = 2) @Nullable
        LabelSelector nodeTopology,

        @Field(value = "The storage class.", tag = 3, required = true, alwaysWritten = true)
        String storageClassName,

        @Field(value = "The room that is left.", tag = 4) @Nullable
        Quantity capacity,

        @Field(value = "The largest volume that can be made.", tag = 5) @Nullable
        Quantity maximumVolumeSize)
        implements Resource, CSIStorageCapacityBuilder.With {
    public static final ResourceType<CSIStorageCapacity> TYPE = ResourceType.of(CSIStorageCapacity.class);

    public CSIStorageCapacity {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        storageClassName = Fields.text(storageClassName);
    }

    @Override
    public CSIStorageCapacity withMetadata(ObjectMeta metadata) {
        return CSIStorageCapacityBuilder.With.super.withMetadata(metadata);
    }
}
