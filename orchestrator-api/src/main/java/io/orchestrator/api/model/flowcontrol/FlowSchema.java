package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "flowcontrol.apiserver.k8s.io",
        version = "v1",
        kind = "FlowSchema",
        plural = "flowschemas",
        namespaced = false)
@Description("Which requests belong together, and at what level of priority they are served.")
@RecordBuilder
public record FlowSchema(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) FlowSchemaSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        FlowSchemaStatus status)
        implements Resource, FlowSchemaBuilder.With {
    public static final ResourceType<FlowSchema> TYPE = ResourceType.of(FlowSchema.class);

    public FlowSchema {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, FlowSchemaSpec.EMPTY);
        status = Fields.orElse(status, FlowSchemaStatus.EMPTY);
    }

    @Override
    public FlowSchema withMetadata(ObjectMeta metadata) {
        return FlowSchemaBuilder.With.super.withMetadata(metadata);
    }
}
