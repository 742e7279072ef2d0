package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("How much may change in some time.")
@RecordBuilder
public record HPAScalingPolicy(
        @Field(value = "Whether pods or percent are counted.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "How many of them.", tag = 2, required = true, alwaysWritten = true)
        int value,

        @Field(value = "The time.", tag = 3, required = true, alwaysWritten = true)
        int periodSeconds)
        implements HPAScalingPolicyBuilder.With {
    public static final HPAScalingPolicy EMPTY =
            HPAScalingPolicyBuilder.builder().build();

    public HPAScalingPolicy {
        type = Fields.text(type);
    }
}
