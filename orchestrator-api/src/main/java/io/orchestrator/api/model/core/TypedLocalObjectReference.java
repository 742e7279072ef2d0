package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Names an object of any kind in the same namespace.")
@Atomic
@RecordBuilder
public record TypedLocalObjectReference(
        @Field(value = "The group of the kind; absent for the core group.", tag = 1) @Nullable
        String apiGroup,

        @Field(value = "The kind of the object.", tag = 2, required = true, alwaysWritten = true)
        String kind,

        @Field(value = "The name of the object.", tag = 3, required = true, alwaysWritten = true)
        String name)
        implements TypedLocalObjectReferenceBuilder.With {
    public static final TypedLocalObjectReference EMPTY =
            TypedLocalObjectReferenceBuilder.builder().build();

    public TypedLocalObjectReference {
        kind = Fields.text(kind);
        name = Fields.text(name);
    }
}
