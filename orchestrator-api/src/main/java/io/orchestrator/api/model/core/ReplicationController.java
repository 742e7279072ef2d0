package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        version = "v1",
        kind = "ReplicationController",
        plural = "replicationcontrollers",
        shortNames = "rc",
        categories = "all")
@Description("Keeps a number of pods running; replica sets have taken its place.")
@RecordBuilder
public record ReplicationController(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) ReplicationControllerSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        ReplicationControllerStatus status)
        implements Resource, ReplicationControllerBuilder.With {
    public static final ResourceType<ReplicationController> TYPE = ResourceType.of(ReplicationController.class);

    public ReplicationController {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, ReplicationControllerSpec.EMPTY);
        status = Fields.orElse(status, ReplicationControllerStatus.EMPTY);
    }

    @Override
    public ReplicationController withMetadata(ObjectMeta metadata) {
        return ReplicationControllerBuilder.With.super.withMetadata(metadata);
    }
}
