package io.orchestrator.api.model.storage;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(group = "storage.k8s.io", version = "v1", kind = "CSINode", plural = "csinodes", namespaced = false)
@Description("The storage drivers of a node.")
@RecordBuilder
public record CSINode(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2, required = true)
        CSINodeSpec spec)
        implements Resource, CSINodeBuilder.With {
    public static final ResourceType<CSINode> TYPE = ResourceType.of(CSINode.class);

    public CSINode {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, CSINodeSpec.EMPTY);
    }

    @Override
    public CSINode withMetadata(ObjectMeta metadata) {
        return CSINodeBuilder.With.super.withMetadata(metadata);
    }
}
