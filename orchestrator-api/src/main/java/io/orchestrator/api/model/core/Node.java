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
@Description("A machine, or what stands for one, that runs pods.")
@RecordBuilder
public record Node(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) NodeSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        NodeStatus status)
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
