package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Affinity.")
@RecordBuilder
public record Affinity(
        @Field(value = "Node affinity.", tag = 1) @Nullable NodeAffinity nodeAffinity,
        @Field(value = "Pod affinity.", tag = 2) @Nullable PodAffinity podAffinity,

        @Field(value = "Pod anti affinity.", tag = 3) @Nullable
        PodAntiAffinity podAntiAffinity)
        implements AffinityBuilder.With {
    public static final Affinity EMPTY = AffinityBuilder.builder().build();
}
