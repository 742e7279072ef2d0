package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("What the node of a pod should be like.")
@RecordBuilder
public record NodeAffinity(
        @Field(value = "What the node must be like when the pod is placed.", tag = 1) @Nullable
        NodeSelector requiredDuringSchedulingIgnoredDuringExecution,

        @Field(value = "What is liked, by weight, when the pod is placed.", tag = 2, listType = ListType.ATOMIC)
        List<PreferredSchedulingTerm> preferredDuringSchedulingIgnoredDuringExecution)
        implements NodeAffinityBuilder.With {
    public static final NodeAffinity EMPTY = NodeAffinityBuilder.builder().build();

    public NodeAffinity {
        preferredDuringSchedulingIgnoredDuringExecution = Fields.list(preferredDuringSchedulingIgnoredDuringExecution);
    }
}
