package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@ResourceKind(
        version = "v1",
        kind = "ComponentStatus",
        plural = "componentstatuses",
        namespaced = false,
        shortNames = "cs")
@Description("Whether a component of the control plane works; deprecated.")
@RecordBuilder
public record ComponentStatus(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(
                value = "The latest observations on single aspects.",
                tag = 2,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<ComponentCondition> conditions)
        implements Resource, ComponentStatusBuilder.With {
    public static final ResourceType<ComponentStatus> TYPE = ResourceType.of(ComponentStatus.class);

    public ComponentStatus {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        conditions = Fields.list(conditions);
    }

    @Override
    public ComponentStatus withMetadata(ObjectMeta metadata) {
        return ComponentStatusBuilder.With.super.withMetadata(metadata);
    }
}
