package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Replica set condition.")
@RecordBuilder
public record ReplicaSetCondition(
        @Field(value = "Type.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "Status.", tag = 2, required = true, alwaysWritten = true)
        String status,

        @Field(value = "Last transition time.", tag = 3, alwaysWritten = true) @Nullable
        Time lastTransitionTime,

        @Field(value = "Reason.", tag = 4) String reason,
        @Field(value = "Message.", tag = 5) String message)
        implements ReplicaSetConditionBuilder.With {
    public static final ReplicaSetCondition EMPTY =
            ReplicaSetConditionBuilder.builder().build();

    public ReplicaSetCondition {
        type = Fields.text(type);
        status = Fields.text(status);
        reason = Fields.text(reason);
        message = Fields.text(message);
    }
}
