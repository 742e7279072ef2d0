package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What every list carries.")
@RecordBuilder
public record ListMeta(
        @Field(value = "No longer filled in.", tag = 1) String selfLink,

        @Field(value = "The version of the list, from which a watch can go on.", tag = 2)
        String resourceVersion,

        @Field(value = "Gets the next page; empty on the last one.", tag = 3, name = "continue")
        String continueToken,

        @Field(value = "About how many objects are left; absent if unknown.", tag = 4) @Nullable
        Long remainingItemCount)
        implements ListMetaBuilder.With {
    public static final ListMeta EMPTY = ListMetaBuilder.builder().build();

    public ListMeta {
        selfLink = Fields.text(selfLink);
        resourceVersion = Fields.text(resourceVersion);
        continueToken = Fields.text(continueToken);
    }
}
