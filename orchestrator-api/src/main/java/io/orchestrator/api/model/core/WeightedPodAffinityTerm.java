package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A liking for certain company.")
@RecordBuilder
public record WeightedPodAffinityTerm(
        @Field(value = "How strong it is, from 1 to 100.", tag = 1, required = true, alwaysWritten = true)
        int weight,

        @Field(value = "The company that it is for.", tag = 2, required = true)
        PodAffinityTerm podAffinityTerm)
        implements WeightedPodAffinityTermBuilder.With {
    public static final WeightedPodAffinityTerm EMPTY =
            WeightedPodAffinityTermBuilder.builder().build();

    public WeightedPodAffinityTerm {
        podAffinityTerm = Fields.orElse(podAffinityTerm, PodAffinityTerm.EMPTY);
    }
}
