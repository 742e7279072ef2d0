package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How the pods of a stateful set are replaced.")
@RecordBuilder
public record StatefulSetUpdateStrategy(
        @Field(
                value = "Step by step, or when someone deletes them.",
                tag = 1,
                enumValues = {StatefulSetUpdateStrategyType.ROLLING_UPDATE, StatefulSetUpdateStrategyType.ON_DELETE})
        String type,

        @Field(value = "The steps in which they are replaced.", tag = 2) @Nullable
        RollingUpdateStatefulSetStrategy rollingUpdate)
        implements StatefulSetUpdateStrategyBuilder.With {
    public static final StatefulSetUpdateStrategy EMPTY =
            StatefulSetUpdateStrategyBuilder.builder().build();

    public StatefulSetUpdateStrategy {
        type = Fields.text(type);
    }
}
