package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Which nodes, and which company, a pod needs or prefers.")
@RecordBuilder
public record Affinity(
        @Field(value = "What the node should be like.", tag = 1) @Nullable
        NodeAffinity nodeAffinity,

        @Field(value = "The pods that it should be near to.", tag = 2) @Nullable
        PodAffinity podAffinity,

        @Field(value = "The pods that it should be far from.", tag = 3) @Nullable
        PodAntiAffinity podAntiAffinity)
        implements AffinityBuilder.With {
    public static final Affinity EMPTY = AffinityBuilder.builder().build();
}
