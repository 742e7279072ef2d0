package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How many pods are kept, what they look like, and how they are replaced.")
@RecordBuilder
public record DeploymentSpec(
        @Field(value = "How many pods are wanted.", tag = 1) @Nullable
        Integer replicas,

        @Field(value = "Which pods are its own; it must fit the labels of the template.", tag = 2, required = true)
        @Nullable
        LabelSelector selector,

        @Field(value = "The pods that it makes.", tag = 3, required = true)
        PodTemplateSpec template,

        @Field(value = "How old pods make way for new ones.", tag = 4, patch = PatchStrategy.RETAIN_KEYS)
        DeploymentStrategy strategy,

        @Field(value = "How long a new pod must be ready before it counts as available.", tag = 5)
        int minReadySeconds,

        @Field(value = "How many old revisions are kept to go back to.", tag = 6) @Nullable
        Integer revisionHistoryLimit,

        @Field(value = "Whether changes are held back.", tag = 7)
        boolean paused,

        @Field(value = "How long a roll-out may stand still before it is reported as failed.", tag = 9) @Nullable
        Integer progressDeadlineSeconds)
        implements DeploymentSpecBuilder.With {
    public static final DeploymentSpec EMPTY = DeploymentSpecBuilder.builder().build();

    public DeploymentSpec {
        template = Fields.orElse(template, PodTemplateSpec.EMPTY);
        strategy = Fields.orElse(strategy, DeploymentStrategy.EMPTY);
    }
}
