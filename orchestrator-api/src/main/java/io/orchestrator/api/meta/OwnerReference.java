package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Owner reference.")
@Atomic
@RecordBuilder
public record OwnerReference(
        @Field(value = "Api version.", tag = 5, required = true, alwaysWritten = true)
        String apiVersion,

        @Field(value = "Kind.", tag = 1, required = true, alwaysWritten = true)
        String kind,

        @Field(value = "Name.", tag = 3, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Uid.", tag = 4, required = true, alwaysWritten = true)
        String uid,

        @Field(value = "Controller.", tag = 6) @Nullable Boolean controller,

        @Field(value = "Block owner deletion.", tag = 7) @Nullable
        Boolean blockOwnerDeletion)
        implements OwnerReferenceBuilder.With {
    public static final OwnerReference EMPTY = OwnerReferenceBuilder.builder().build();

    public OwnerReference {
        apiVersion = Fields.text(apiVersion);
        kind = Fields.text(kind);
        name = Fields.text(name);
        uid = Fields.text(uid);
    }

    /** Names the owner as the one that manages the object, and keeps the owner from going first in a foreground deletion. */
    public static <T extends Resource> OwnerReference controller(ResourceType<T> type, T owner) {
        return new OwnerReference(
                type.apiVersion(),
                type.kind(),
                owner.metadata().name(),
                owner.metadata().uid(),
                true,
                true);
    }
}
