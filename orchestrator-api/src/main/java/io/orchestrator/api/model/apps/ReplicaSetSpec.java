package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How many pods are kept, and what they look like.")
@RecordBuilder
public record ReplicaSetSpec(
        @Field(value = "How many pods are wanted.", tag = 1) @Nullable
        Integer replicas,

        @Field(value = "How long a new pod must be ready before it counts as available.", tag = 4)
        int minReadySeconds,

        @Field(value = "Which pods it counts as its own.", tag = 2, required = true) @Nullable
        LabelSelector selector,

        @Field(value = "The pods that it makes.", tag = 3) PodTemplateSpec template)
        implements ReplicaSetSpecBuilder.With {
    public static final ReplicaSetSpec EMPTY = ReplicaSetSpecBuilder.builder().build();

    public ReplicaSetSpec {
        template = Fields.orElse(template, PodTemplateSpec.EMPTY);
    }
}
