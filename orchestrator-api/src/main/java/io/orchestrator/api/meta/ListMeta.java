package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("List meta.")
@RecordBuilder
public record ListMeta(
        @Field(value = "Self link.", tag = 1) String selfLink,
        @Field(value = "Resource version.", tag = 2) String resourceVersion,

        @Field(value = "Continue.", tag = 3, name = "continue")
        String continueToken,

        @Field(value = "Remaining item count.", tag = 4) @Nullable
        Long remainingItemCount)
        implements ListMetaBuilder.With {
    public static final ListMeta EMPTY = ListMetaBuilder.builder().build();

    public ListMeta {
        selfLink = Fields.text(selfLink);
        resourceVersion = Fields.text(resourceVersion);
        continueToken = Fields.text(continueToken);
    }
}
