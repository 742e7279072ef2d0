package io.orchestrator.api.model.coordination;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(group = "coordination.k8s.io", version = "v1", kind = "Lease", plural = "leases")
@Description("A claim for a time, by which a node shows that it lives or a leader that it leads.")
@RecordBuilder
public record Lease(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) LeaseSpec spec)
        implements Resource, LeaseBuilder.With {
    public static final ResourceType<Lease> TYPE = ResourceType.of(Lease.class);

    public Lease {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, LeaseSpec.EMPTY);
    }

    @Override
    public Lease withMetadata(ObjectMeta metadata) {
        return LeaseBuilder.With.super.withMetadata(metadata);
    }
}
