package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A level of priority, by its name.")
@RecordBuilder
public record PriorityLevelConfigurationReference(
        @Field(value = "The name of the object.", tag = 1, required = true, alwaysWritten = true)
        String name) implements PriorityLevelConfigurationReferenceBuilder.With {
    public static final PriorityLevelConfigurationReference EMPTY =
            PriorityLevelConfigurationReferenceBuilder.builder().build();

    public PriorityLevelConfigurationReference {
        name = Fields.text(name);
    }
}
