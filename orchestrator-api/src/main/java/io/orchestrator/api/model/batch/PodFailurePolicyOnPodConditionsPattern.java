package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Pod failure policy on pod conditions pattern.")
@RecordBuilder
public record PodFailurePolicyOnPodConditionsPattern(
        @Field(value = "Type.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "Status.", tag = 2, required = true, alwaysWritten = true)
        String status)
        implements PodFailurePolicyOnPodConditionsPatternBuilder.With {
    public static final PodFailurePolicyOnPodConditionsPattern EMPTY =
            PodFailurePolicyOnPodConditionsPatternBuilder.builder().build();

    public PodFailurePolicyOnPodConditionsPattern {
        type = Fields.text(type);
        status = Fields.text(status);
    }
}
