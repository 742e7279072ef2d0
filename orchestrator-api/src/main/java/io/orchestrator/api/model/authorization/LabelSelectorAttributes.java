package io.orchestrator.api.model.authorization;

import io.orchestrator.api.meta.LabelSelectorRequirement;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("A label selector as text or in parts.")
@RecordBuilder
public record LabelSelectorAttributes(
        @Field(value = "The selector as text.", tag = 1) String rawSelector,

        @Field(value = "The selector in parts.", tag = 2, listType = ListType.ATOMIC)
        List<LabelSelectorRequirement> requirements)
        implements LabelSelectorAttributesBuilder.With {
    public static final LabelSelectorAttributes EMPTY =
            LabelSelectorAttributesBuilder.builder().build();

    public LabelSelectorAttributes {
        rawSelector = Fields.text(rawSelector);
        requirements = Fields.list(requirements);
    }
}
