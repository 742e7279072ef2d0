package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How the pods of a daemon set are replaced.")
@RecordBuilder
public record DaemonSetUpdateStrategy(
        @Field(
                value = "Step by step, or when someone deletes them.",
                tag = 1,
                enumValues = {DaemonSetUpdateStrategyType.ROLLING_UPDATE, DaemonSetUpdateStrategyType.ON_DELETE})
        String type,

        @Field(value = "The steps in which they are replaced.", tag = 2) @Nullable
        RollingUpdateDaemonSet rollingUpdate)
        implements DaemonSetUpdateStrategyBuilder.With {
    public static final DaemonSetUpdateStrategy EMPTY =
            DaemonSetUpdateStrategyBuilder.builder().build();

    public DaemonSetUpdateStrategy {
        type = Fields.text(type);
    }
}
