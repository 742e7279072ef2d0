package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Deployment condition.")
@RecordBuilder
public record DeploymentCondition(
        @Field(value = "Type.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "Status.", tag = 2, required = true, alwaysWritten = true)
        String status,

        @Field(value = "Last update time.", tag = 6, alwaysWritten = true) @Nullable
        Time lastUpdateTime,

        @Field(value = "Last transition time.", tag = 7, alwaysWritten = true) @Nullable
        Time lastTransitionTime,

        @Field(value = "Reason.", tag = 4) String reason,
        @Field(value = "Message.", tag = 5) String message)
        implements DeploymentConditionBuilder.With {
    public static final DeploymentCondition EMPTY =
            DeploymentConditionBuilder.builder().build();

    public DeploymentCondition {
        type = Fields.text(type);
        status = Fields.text(status);
        reason = Fields.text(reason);
        message = Fields.text(message);
    }
}
