package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Stateful set ordinals.")
@RecordBuilder
public record StatefulSetOrdinals(
        @Field(value = "Start.", tag = 1, alwaysWritten = true)
        int start) implements StatefulSetOrdinalsBuilder.With {
    public static final StatefulSetOrdinals EMPTY =
            StatefulSetOrdinalsBuilder.builder().build();
}
