package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Deployment spec.")
@RecordBuilder
public record DeploymentSpec(
        @Field(value = "Replicas.", tag = 1) @Nullable Integer replicas,

        @Field(value = "Selector.", tag = 2, required = true) @Nullable
        LabelSelector selector,

        @Field(value = "Template.", tag = 3, required = true)
        PodTemplateSpec template,

        @Field(value = "Strategy.", tag = 4, patch = PatchStrategy.RETAIN_KEYS)
        DeploymentStrategy strategy,

        @Field(value = "Min ready seconds.", tag = 5) int minReadySeconds,

        @Field(value = "Revision history limit.", tag = 6) @Nullable
        Integer revisionHistoryLimit,

        @Field(value = "Paused.", tag = 7) boolean paused,

        @Field(value = "Progress deadline seconds.", tag = 9) @Nullable
        Integer progressDeadlineSeconds)
        implements DeploymentSpecBuilder.With {
    public static final DeploymentSpec EMPTY = DeploymentSpecBuilder.builder().build();

    public DeploymentSpec {
        template = Fields.orElse(template, PodTemplateSpec.EMPTY);
        strategy = Fields.orElse(strategy, DeploymentStrategy.EMPTY);
    }
}
