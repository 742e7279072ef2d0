package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A liking for certain nodes.")
@RecordBuilder
public record PreferredSchedulingTerm(
        @Field(value = "How strong it is, from 1 to 100.", tag = 1, required = true, alwaysWritten = true)
        int weight,

        @Field(value = "The nodes that it is for.", tag = 2, required = true)
        NodeSelectorTerm preference)
        implements PreferredSchedulingTermBuilder.With {
    public static final PreferredSchedulingTerm EMPTY =
            PreferredSchedulingTermBuilder.builder().build();

    public PreferredSchedulingTerm {
        preference = Fields.orElse(preference, NodeSelectorTerm.EMPTY);
    }
}
