package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("The pods that a pod should be near to.")
@RecordBuilder
public record PodAffinity(
        @Field(value = "What must hold when the pod is placed.", tag = 1, listType = ListType.ATOMIC)
        List<PodAffinityTerm> requiredDuringSchedulingIgnoredDuringExecution,

        @Field(value = "What is liked, by weight, when the pod is placed.", tag = 2, listType = ListType.ATOMIC)
        List<WeightedPodAffinityTerm> preferredDuringSchedulingIgnoredDuringExecution)
        implements PodAffinityBuilder.With {
    public static final PodAffinity EMPTY = PodAffinityBuilder.builder().build();

    public PodAffinity {
        requiredDuringSchedulingIgnoredDuringExecution = Fields.list(requiredDuringSchedulingIgnoredDuringExecution);
        preferredDuringSchedulingIgnoredDuringExecution = Fields.list(preferredDuringSchedulingIgnoredDuringExecution);
    }
}
