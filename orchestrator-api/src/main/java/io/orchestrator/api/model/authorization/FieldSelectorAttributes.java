package io.orchestrator.api.model.authorization;

import io.orchestrator.api.meta.FieldSelectorRequirement;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("A field selector as text or in parts.")
@RecordBuilder
public record FieldSelectorAttributes(
        @Field(value = "The selector as text.", tag = 1) String rawSelector,

        @Field(value = "The selector in parts.", tag = 2, listType = ListType.ATOMIC)
        List<FieldSelectorRequirement> requirements)
        implements FieldSelectorAttributesBuilder.With {
    public static final FieldSelectorAttributes EMPTY =
            FieldSelectorAttributesBuilder.builder().build();

    public FieldSelectorAttributes {
        rawSelector = Fields.text(rawSelector);
        requirements = Fields.list(requirements);
    }
}
