package io.orchestrator.api.model.storage;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(group = "storage.k8s.io", version = "v1", kind = "CSIDriver", plural = "csidrivers", namespaced = false)
@Description("A storage driver and what it can do.")
@RecordBuilder
public record CSIDriver(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2, required = true)
        CSIDriverSpec spec)
        implements Resource, CSIDriverBuilder.With {
    public static final ResourceType<CSIDriver> TYPE = ResourceType.of(CSIDriver.class);

    public CSIDriver {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, CSIDriverSpec.EMPTY);
    }

    @Override
    public CSIDriver withMetadata(ObjectMeta metadata) {
        return CSIDriverBuilder.With.super.withMetadata(metadata);
    }
}
