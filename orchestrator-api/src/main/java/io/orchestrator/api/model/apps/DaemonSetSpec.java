package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Daemon set spec.")
@RecordBuilder
public record DaemonSetSpec(
        @Field(value = "Selector.", tag = 1, required = true) @Nullable
        LabelSelector selector,

        @Field(value = "Template.", tag = 2, required = true)
        PodTemplateSpec template,

        @Field(value = "Update strategy.", tag = 3) DaemonSetUpdateStrategy updateStrategy,
        @Field(value = "Min ready seconds.", tag = 4) int minReadySeconds,

        @Field(value = "Revision history limit.", tag = 6) @Nullable
        Integer revisionHistoryLimit)
        implements DaemonSetSpecBuilder.With {
    public static final DaemonSetSpec EMPTY = DaemonSetSpecBuilder.builder().build();

    public DaemonSetSpec {
        template = Fields.orElse(template, PodTemplateSpec.EMPTY);
        updateStrategy = Fields.orElse(updateStrategy, DaemonSetUpdateStrategy.EMPTY);
    }
}
