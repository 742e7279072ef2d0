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
        kind = "DaemonSet",
        plural = "daemonsets",
        shortNames = "ds",
        categories = "all")
@Description("Keeps one pod on every node that fits.")
@RecordBuilder
public record DaemonSet(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) DaemonSetSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        DaemonSetStatus status)
        implements Resource, DaemonSetBuilder.With {
    public static final ResourceType<DaemonSet> TYPE = ResourceType.of(DaemonSet.class);

    public DaemonSet {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, DaemonSetSpec.EMPTY);
        status = Fields.orElse(status, DaemonSetStatus.EMPTY);
    }

    @Override
    public DaemonSet withMetadata(ObjectMeta metadata) {
        return DaemonSetBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a daemon set of that name. */
    public static DaemonSetDraft named(String name) {
        return new DaemonSetDraft(name);
    }
}
