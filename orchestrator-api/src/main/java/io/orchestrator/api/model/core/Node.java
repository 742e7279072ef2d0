package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(version = "v1", kind = "Node", plural = "nodes", namespaced = false, shortNames = "no")
@Description("Node.")
@RecordBuilder
public record Node(
        @Field(value = "Metadata.", tag = 1) ObjectMeta metadata,
        @Field(value = "Spec.", tag = 2) NodeSpec spec,
        @Field(value = "Status.", tag = 3) NodeStatus status)
        implements Resource, NodeBuilder.With {
    public static final ResourceType<Node> TYPE = ResourceType.of(Node.class);

    public Node {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, NodeSpec.EMPTY);
        status = Fields.orElse(status, NodeStatus.EMPTY);
    }

    @Override
    public Node withMetadata(ObjectMeta metadata) {
        return NodeBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a node of that name. */
    public static NodeDraft named(String name) {
        return new NodeDraft(name);
    }
}
