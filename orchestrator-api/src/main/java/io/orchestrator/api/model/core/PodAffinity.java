package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Pod affinity.")
@RecordBuilder
public record PodAffinity(
        @Field(value = "Required during scheduling ignored during execution.", tag = 1, listType = ListType.ATOMIC)
        List<PodAffinityTerm> requiredDuringSchedulingIgnoredDuringExecution,

        @Field(value = "Preferred during scheduling ignored during execution.", tag = 2, listType = ListType.ATOMIC)
        List<WeightedPodAffinityTerm> preferredDuringSchedulingIgnoredDuringExecution)
        implements PodAffinityBuilder.With {
    public static final PodAffinity EMPTY = PodAffinityBuilder.builder().build();

    public PodAffinity {
        requiredDuringSchedulingIgnoredDuringExecution = Fields.list(requiredDuringSchedulingIgnoredDuringExecution);
        preferredDuringSchedulingIgnoredDuringExecution = Fields.list(preferredDuringSchedulingIgnoredDuringExecution);
    }
}
