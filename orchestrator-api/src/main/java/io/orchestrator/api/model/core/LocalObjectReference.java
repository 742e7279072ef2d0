package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Names an object in the same namespace.")
@Atomic
@RecordBuilder
public record LocalObjectReference(
        @Field(value = "The name of the object.", tag = 1, defaultValue = "\"\"")
        String name) implements LocalObjectReferenceBuilder.With {
    public static final LocalObjectReference EMPTY =
            LocalObjectReferenceBuilder.builder().build();

    public LocalObjectReference {
        name = Fields.text(name);
    }
}
