package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How a client stays with one pod.")
@RecordBuilder
public record SessionAffinityConfig(
        @Field(value = "By its address.", tag = 1) @Nullable ClientIPConfig clientIP)
        implements SessionAffinityConfigBuilder.With {
    public static final SessionAffinityConfig EMPTY =
            SessionAffinityConfigBuilder.builder().build();
}
