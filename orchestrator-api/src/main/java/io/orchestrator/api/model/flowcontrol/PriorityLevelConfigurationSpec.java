package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The limits of a level.")
@RecordBuilder
public record PriorityLevelConfigurationSpec(
        @Field(
                value = "Whether there are any.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                enumValues = {"Exempt", "Limited"})
        String type,

        @Field(value = "The limits, where there are.", tag = 2) @Nullable
        LimitedPriorityLevelConfiguration limited,

        @Field(value = "What an exempt level leaves to others.", tag = 3) @Nullable
        ExemptPriorityLevelConfiguration exempt)
        implements PriorityLevelConfigurationSpecBuilder.With {
    public static final PriorityLevelConfigurationSpec EMPTY =
            PriorityLevelConfigurationSpecBuilder.builder().build();

    public PriorityLevelConfigurationSpec {
        type = Fields.text(type);
    }
}
