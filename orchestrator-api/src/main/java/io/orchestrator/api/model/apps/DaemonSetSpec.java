package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What the pods look like, and how they are replaced.")
@RecordBuilder
public record DaemonSetSpec(
        @Field(value = "Which pods are its own; it must fit the labels of the template.", tag = 1, required = true)
        @Nullable
        LabelSelector selector,

        @Field(value = "The pods that it makes.", tag = 2, required = true)
        PodTemplateSpec template,

        @Field(value = "How pods are replaced.", tag = 3) DaemonSetUpdateStrategy updateStrategy,

        @Field(value = "How long a new pod must be ready before it counts as available.", tag = 4)
        int minReadySeconds,

        @Field(value = "How many old revisions are kept to go back to.", tag = 6) @Nullable
        Integer revisionHistoryLimit)
        implements DaemonSetSpecBuilder.With {
    public static final DaemonSetSpec EMPTY = DaemonSetSpecBuilder.builder().build();

    public DaemonSetSpec {
        template = Fields.orElse(template, PodTemplateSpec.EMPTY);
        updateStrategy = Fields.orElse(updateStrategy, DaemonSetUpdateStrategy.EMPTY);
    }
}
