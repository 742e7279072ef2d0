package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How old pods make way for new ones.")
@RecordBuilder
public record DeploymentStrategy(
        @Field(
                value = "All at once, or step by step.",
                tag = 1,
                enumValues = {DeploymentStrategyType.RECREATE, DeploymentStrategyType.ROLLING_UPDATE})
        String type,

        @Field(value = "The size of the steps.", tag = 2) @Nullable
        RollingUpdateDeployment rollingUpdate)
        implements DeploymentStrategyBuilder.With {
    public static final DeploymentStrategy EMPTY =
            DeploymentStrategyBuilder.builder().build();

    public DeploymentStrategy {
        type = Fields.text(type);
    }
}
