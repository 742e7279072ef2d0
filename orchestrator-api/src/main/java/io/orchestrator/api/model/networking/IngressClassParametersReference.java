package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Refers to an object with settings for a controller.")
@RecordBuilder
public record IngressClassParametersReference(
        @Field(value = "The API group of the object; empty for the core group.", tag = 1) @Nullable
        String apiGroup,

        @Field(value = "The kind of the object.", tag = 2, required = true, alwaysWritten = true)
        String kind,

        @Field(value = "The name of the object.", tag = 3, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Whether the object belongs to the cluster or to a namespace.", tag = 4) @Nullable
        String scope,

        @Field(value = "The namespace of the object.", tag = 5) @Nullable
        String namespace)
        implements IngressClassParametersReferenceBuilder.With {
    public static final IngressClassParametersReference EMPTY =
            IngressClassParametersReferenceBuilder.builder().build();

    public IngressClassParametersReference {
        kind = Fields.text(kind);
        name = Fields.text(name);
    }
}
