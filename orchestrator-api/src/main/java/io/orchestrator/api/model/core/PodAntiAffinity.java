package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Pod anti affinity.")
@RecordBuilder
public record PodAntiAffinity(
        @Field(value = "Required during scheduling ignored during execution.", tag = 1, listType = ListType.ATOMIC)
        List<PodAffinityTerm> requiredDuringSchedulingIgnoredDuringExecution,

        @Field(value = "Preferred during scheduling ignored during execution.", tag = 2, listType = ListType.ATOMIC)
        List<WeightedPodAffinityTerm> preferredDuringSchedulingIgnoredDuringExecution)
        implements PodAntiAffinityBuilder.With {
    public static final PodAntiAffinity EMPTY = PodAntiAffinityBuilder.builder().build();

    public PodAntiAffinity {
        requiredDuringSchedulingIgnoredDuringExecution = Fields.list(requiredDuringSchedulingIgnoredDuringExecution);
        preferredDuringSchedulingIgnoredDuringExecution = Fields.list(preferredDuringSchedulingIgnoredDuringExecution);
    }
}
