package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@ResourceKind(group = "apps", version = "v1", kind = "ControllerRevision", plural = "controllerrevisions")
@Description("A former state of an object that a controller can go back to; it never changes.")
@RecordBuilder
public record ControllerRevision(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "The state.", tag = 2) @Nullable RawJson data,

        @Field(value = "The number of the state.", tag = 3, required = true, alwaysWritten = true)
        long revision)
        implements Resource, ControllerRevisionBuilder.With {
    public static final ResourceType<ControllerRevision> TYPE = ResourceType.of(ControllerRevision.class);

    public ControllerRevision {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
    }

    @Override
    public ControllerRevision withMetadata(ObjectMeta metadata) {
        return ControllerRevisionBuilder.With.super.withMetadata(metadata);
    }
}
