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
@Description("Daemon set.")
@RecordBuilder
public record DaemonSet(
        @Field(value = "Metadata.", tag = 1) ObjectMeta metadata,
        @Field(value = "Spec.", tag = 2) DaemonSetSpec spec,
        @Field(value = "Status.", tag = 3) DaemonSetStatus status)
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
