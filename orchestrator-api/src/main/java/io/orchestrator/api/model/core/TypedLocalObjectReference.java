package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Typed local object reference.")
@Atomic
@RecordBuilder
public record TypedLocalObjectReference(
        @Field(value = "Api group.", tag = 1) @Nullable String apiGroup,

        @Field(value = "Kind.", tag = 2, required = true, alwaysWritten = true)
        String kind,

        @Field(value = "Name.", tag = 3, required = true, alwaysWritten = true)
        String name)
        implements TypedLocalObjectReferenceBuilder.With {
    public static final TypedLocalObjectReference EMPTY =
            TypedLocalObjectReferenceBuilder.builder().build();

    public TypedLocalObjectReference {
        kind = Fields.text(kind);
        name = Fields.text(name);
    }
}
