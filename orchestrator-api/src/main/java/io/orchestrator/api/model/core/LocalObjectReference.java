package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Local object reference.")
@Atomic
@RecordBuilder
public record LocalObjectReference(
        @Field(value = "Name.", tag = 1, defaultValue = "\"\"")
        String name) implements LocalObjectReferenceBuilder.With {
    public static final LocalObjectReference EMPTY =
            LocalObjectReferenceBuilder.builder().build();

    public LocalObjectReference {
        name = Fields.text(name);
    }
}
