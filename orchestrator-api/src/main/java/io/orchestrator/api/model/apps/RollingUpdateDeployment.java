package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The size of the steps in which pods are replaced.")
@RecordBuilder
public record RollingUpdateDeployment(
        @Field(value = "How many of the wanted pods may be missing: a number, or a percentage rounded down.", tag = 1)
        @Nullable
        IntOrString maxUnavailable,

        @Field(
                value = "How many more than the wanted pods there may be: a number, or a percentage rounded up.",
                tag = 2)
        @Nullable
        IntOrString maxSurge)
        implements RollingUpdateDeploymentBuilder.With {
    public static final RollingUpdateDeployment EMPTY =
            RollingUpdateDeploymentBuilder.builder().build();
}
