package io.orchestrator.api.model.batch;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Job condition.")
@RecordBuilder
public record JobCondition(
        @Field(value = "Type.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "Status.", tag = 2, required = true, alwaysWritten = true)
        String status,

        @Field(value = "Last probe time.", tag = 3, alwaysWritten = true) @Nullable
        Time lastProbeTime,

        @Field(value = "Last transition time.", tag = 4, alwaysWritten = true) @Nullable
        Time lastTransitionTime,

        @Field(value = "Reason.", tag = 5) String reason,
        @Field(value = "Message.", tag = 6) String message)
        implements JobConditionBuilder.With {
    public static final JobCondition EMPTY = JobConditionBuilder.builder().build();

    public JobCondition {
        type = Fields.text(type);
        status = Fields.text(status);
        reason = Fields.text(reason);
        message = Fields.text(message);
    }
}
