package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Node affinity.")
@RecordBuilder
public record NodeAffinity(
        @Field(value = "Required during scheduling ignored during execution.", tag = 1) @Nullable
        NodeSelector requiredDuringSchedulingIgnoredDuringExecution,

        @Field(value = "Preferred during scheduling ignored during execution.", tag = 2, listType = ListType.ATOMIC)
        List<PreferredSchedulingTerm> preferredDuringSchedulingIgnoredDuringExecution)
        implements NodeAffinityBuilder.With {
    public static final NodeAffinity EMPTY = NodeAffinityBuilder.builder().build();

    public NodeAffinity {
        preferredDuringSchedulingIgnoredDuringExecution = Fields.list(preferredDuringSchedulingIgnoredDuringExecution);
    }
}
