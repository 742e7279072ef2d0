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
        kind = "PriorityLevelConfiguration",
        plural = "prioritylevelconfigurations",
        namespaced = false)
@Description("A level of priority: how many of its requests are served at a time, and what becomes of the rest.")
@RecordBuilder
public record PriorityLevelConfiguration(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) PriorityLevelConfigurationSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        PriorityLevelConfigurationStatus status)
        implements Resource, PriorityLevelConfigurationBuilder.With {
    public static final ResourceType<PriorityLevelConfiguration> TYPE =
            ResourceType.of(PriorityLevelConfiguration.class);

    public PriorityLevelConfiguration {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, PriorityLevelConfigurationSpec.EMPTY);
        status = Fields.orElse(status, PriorityLevelConfigurationStatus.EMPTY);
    }

    @Override
    public PriorityLevelConfiguration withMetadata(ObjectMeta metadata) {
        return PriorityLevelConfigurationBuilder.With.super.withMetadata(metadata);
    }
}
