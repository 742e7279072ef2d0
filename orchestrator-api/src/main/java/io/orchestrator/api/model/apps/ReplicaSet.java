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
        kind = "ReplicaSet",
        plural = "replicasets",
        shortNames = "rs",
        categories = "all")
@Description("Keeps a number of like pods running.")
@RecordBuilder
public record ReplicaSet(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) ReplicaSetSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        ReplicaSetStatus status)
        implements Resource, ReplicaSetBuilder.With {
    public static final ResourceType<ReplicaSet> TYPE = ResourceType.of(ReplicaSet.class);

    public ReplicaSet {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, ReplicaSetSpec.EMPTY);
        status = Fields.orElse(status, ReplicaSetStatus.EMPTY);
    }

    @Override
    public ReplicaSet withMetadata(ObjectMeta metadata) {
        return ReplicaSetBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a replica set of that name. */
    public static ReplicaSetDraft named(String name) {
        return new ReplicaSetDraft(name);
    }
}
