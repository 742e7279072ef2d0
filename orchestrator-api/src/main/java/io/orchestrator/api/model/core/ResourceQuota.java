package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(version = "v1", kind = "ResourceQuota", plural = "resourcequotas", shortNames = "quota")
@Description("Bounds for what all objects in a namespace ask for together.")
@RecordBuilder
public record ResourceQuota(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) ResourceQuotaSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        ResourceQuotaStatus status)
        implements Resource, ResourceQuotaBuilder.With {
    public static final ResourceType<ResourceQuota> TYPE = ResourceType.of(ResourceQuota.class);

    public ResourceQuota {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, ResourceQuotaSpec.EMPTY);
        status = Fields.orElse(status, ResourceQuotaStatus.EMPTY);
    }

    @Override
    public ResourceQuota withMetadata(ObjectMeta metadata) {
        return ResourceQuotaBuilder.With.super.withMetadata(metadata);
    }
}
