package io.orchestrator.api.model.authorization;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What the caller would do.")
@RecordBuilder
public record SelfSubjectAccessReviewSpec(
        @Field(value = "The request, if it is one for a resource.", tag = 1) @Nullable
        ResourceAttributes resourceAttributes,

        @Field(value = "The request, if it is one for another path.", tag = 2) @Nullable
        NonResourceAttributes nonResourceAttributes)
        implements SelfSubjectAccessReviewSpecBuilder.With {
    public static final SelfSubjectAccessReviewSpec EMPTY =
            SelfSubjectAccessReviewSpecBuilder.builder().build();
}
