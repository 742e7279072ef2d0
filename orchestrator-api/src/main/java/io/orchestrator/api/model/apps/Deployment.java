package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "apps",
        version = "v1",
        kind = "Deployment",
        plural = "deployments",
        shortNames = "deploy",
        categories = "all")
@Description("Keeps a number of like pods running, and replaces them step by step when they are to change.")
@RecordBuilder
public record Deployment(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) DeploymentSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        DeploymentStatus status)
        implements Resource, DeploymentBuilder.With {
    public static final ResourceType<Deployment> TYPE = ResourceType.of(Deployment.class);

    public Deployment {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, DeploymentSpec.EMPTY);
        status = Fields.orElse(status, DeploymentStatus.EMPTY);
    }

    @Override
    public Deployment withMetadata(ObjectMeta metadata) {
        return DeploymentBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a deployment of that name, whose pods have the label {@code app} with the name as its value. */
    public static DeploymentDraft named(String name) {
        return new DeploymentDraft(name);
    }
}
