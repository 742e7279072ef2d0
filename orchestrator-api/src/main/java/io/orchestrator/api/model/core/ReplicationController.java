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
@Description("Replication controller.")
@RecordBuilder
public record ReplicationController(
        @Field(value = "Metadata.", tag = 1) ObjectMeta metadata,
        @Field(value = "Spec.", tag = 2) ReplicationControllerSpec spec,
        @Field(value = "Status.", tag = 3) ReplicationControllerStatus status)
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
