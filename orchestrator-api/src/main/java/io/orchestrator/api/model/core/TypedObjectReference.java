package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Names an object of any kind.")
@RecordBuilder
public record TypedObjectReference(
        @Field(value = "The group of the kind; absent for the core group.", tag = 1) @Nullable
        String apiGroup,

        @Field(value = "The kind of the object.", tag = 2, required = true, alwaysWritten = true)
        String kind,

        @Field(value = "The name of the object.", tag = 3, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The namespace of the object; absent for the same one.", tag = 4) @Nullable
        String namespace)
        implements TypedObjectReferenceBuilder.With {
    public static final TypedObjectReference EMPTY =
            TypedObjectReferenceBuilder.builder().build();

    public TypedObjectReference {
        kind = Fields.text(kind);
        name = Fields.text(name);
    }
}
