package io.orchestrator.api.model.node;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@ResourceKind(
        group = "node.k8s.io",
        version = "v1",
        kind = "RuntimeClass",
        plural = "runtimeclasses",
        namespaced = false)
@Description("A way in which a node runs pods.")
@RecordBuilder
public record RuntimeClass(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "The name by which the node's runtime knows it.", tag = 2, required = true, alwaysWritten = true)
        String handler,

        @Field(value = "What running a pod that way costs by itself.", tag = 3) @Nullable
        Overhead overhead,

        @Field(value = "Which nodes can do it.", tag = 4) @Nullable
        Scheduling scheduling)
        implements Resource, RuntimeClassBuilder.With {
    public static final ResourceType<RuntimeClass> TYPE = ResourceType.of(RuntimeClass.class);

    public RuntimeClass {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        handler = Fields.text(handler);
    }

    @Override
    public RuntimeClass withMetadata(ObjectMeta metadata) {
        return RuntimeClassBuilder.With.super.withMetadata(metadata);
    }
}
