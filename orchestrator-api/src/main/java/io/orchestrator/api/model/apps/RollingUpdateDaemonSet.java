package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Rolling update daemon set.")
@RecordBuilder
public record RollingUpdateDaemonSet(
        @Field(value = "Max unavailable.", tag = 1) @Nullable
        IntOrString maxUnavailable,

        @Field(value = "Max surge.", tag = 2) @Nullable IntOrString maxSurge)
        implements RollingUpdateDaemonSetBuilder.With {
    public static final RollingUpdateDaemonSet EMPTY =
            RollingUpdateDaemonSetBuilder.builder().build();
}
