package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Replica set spec.")
@RecordBuilder
public record ReplicaSetSpec(
        @Field(value = "Replicas.", tag = 1) @Nullable Integer replicas,
        @Field(value = "Min ready seconds.", tag = 4) int minReadySeconds,

        @Field(value = "Selector.", tag = 2, required = true) @Nullable
        LabelSelector selector,

        @Field(value = "Template.", tag = 3) PodTemplateSpec template)
        implements ReplicaSetSpecBuilder.With {
    public static final ReplicaSetSpec EMPTY = ReplicaSetSpecBuilder.builder().build();

    public ReplicaSetSpec {
        template = Fields.orElse(template, PodTemplateSpec.EMPTY);
    }
}
