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
        kind = "StatefulSet",
        plural = "statefulsets",
        shortNames = "sts",
        categories = "all")
@Description("Keeps pods with lasting names and storage of their own.")
@RecordBuilder
public record StatefulSet(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) StatefulSetSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        StatefulSetStatus status)
        implements Resource, StatefulSetBuilder.With {
    public static final ResourceType<StatefulSet> TYPE = ResourceType.of(StatefulSet.class);

    public StatefulSet {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, StatefulSetSpec.EMPTY);
        status = Fields.orElse(status, StatefulSetStatus.EMPTY);
    }

    @Override
    public StatefulSet withMetadata(ObjectMeta metadata) {
        return StatefulSetBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a stateful set of that name. */
    public static StatefulSetDraft named(String name) {
        return new StatefulSetDraft(name);
    }
}
