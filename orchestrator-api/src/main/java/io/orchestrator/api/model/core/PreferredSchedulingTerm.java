package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Preferred scheduling term.")
@RecordBuilder
public record PreferredSchedulingTerm(
        @Field(value = "Weight.", tag = 1, required = true, alwaysWritten = true)
        int weight,

        @Field(value = "Preference.", tag = 2, required = true)
        NodeSelectorTerm preference)
        implements PreferredSchedulingTermBuilder.With {
    public static final PreferredSchedulingTerm EMPTY =
            PreferredSchedulingTermBuilder.builder().build();

    public PreferredSchedulingTerm {
        preference = Fields.orElse(preference, NodeSelectorTerm.EMPTY);
    }
}
