package io.orchestrator.api.model.apps;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("How the pods of a stateful set are numbered.")
@RecordBuilder
public record StatefulSetOrdinals(
        @Field(value = "The number of the first pod.", tag = 1, alwaysWritten = true)
        int start) implements StatefulSetOrdinalsBuilder.With {
    public static final StatefulSetOrdinals EMPTY =
            StatefulSetOrdinalsBuilder.builder().build();
}
