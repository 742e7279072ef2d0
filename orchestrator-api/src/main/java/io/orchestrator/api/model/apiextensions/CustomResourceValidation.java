package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What objects look like.")
@RecordBuilder
public record CustomResourceValidation(
        @Field("The schema, which must be structural.") @Nullable
        JSONSchemaProps openAPIV3Schema) implements CustomResourceValidationBuilder.With {
    public static final CustomResourceValidation EMPTY =
            CustomResourceValidationBuilder.builder().build();
}
