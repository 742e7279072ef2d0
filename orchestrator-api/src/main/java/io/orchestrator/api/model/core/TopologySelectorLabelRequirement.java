package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("A label with its possible values.")
@RecordBuilder
public record TopologySelectorLabelRequirement(
        @Field(value = "The key of the label.", tag = 1, required = true, alwaysWritten = true)
        String key,

        @Field(
                value = "The values, one of which it must have.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<String> values)
        implements TopologySelectorLabelRequirementBuilder.With {
    public static final TopologySelectorLabelRequirement EMPTY =
            TopologySelectorLabelRequirementBuilder.builder().build();

    public TopologySelectorLabelRequirement {
        key = Fields.text(key);
        values = Fields.list(values);
    }
}
