package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Chooses failures by a condition of the pod.")
@RecordBuilder
public record PodFailurePolicyOnPodConditionsPattern(
        @Field(value = "The type of the condition.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "The status of the condition.", tag = 2, required = true, alwaysWritten = true)
        String status)
        implements PodFailurePolicyOnPodConditionsPatternBuilder.With {
    public static final PodFailurePolicyOnPodConditionsPattern EMPTY =
            PodFailurePolicyOnPodConditionsPatternBuilder.builder().build();

    public PodFailurePolicyOnPodConditionsPattern {
        type = Fields.text(type);
        status = Fields.text(status);
    }
}
