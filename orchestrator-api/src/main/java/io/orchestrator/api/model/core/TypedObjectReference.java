package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Typed object reference.")
@RecordBuilder
public record TypedObjectReference(
        @Field(value = "Api group.", tag = 1) @Nullable String apiGroup,

        @Field(value = "Kind.", tag = 2, required = true, alwaysWritten = true)
        String kind,

        @Field(value = "Name.", tag = 3, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Namespace.", tag = 4) @Nullable String namespace)
        implements TypedObjectReferenceBuilder.With {
    public static final TypedObjectReference EMPTY =
            TypedObjectReferenceBuilder.builder().build();

    public TypedObjectReference {
        kind = Fields.text(kind);
        name = Fields.text(name);
    }
}
