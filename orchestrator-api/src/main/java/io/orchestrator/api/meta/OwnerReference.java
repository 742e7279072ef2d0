package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Names an object in the same namespace, or in none, that this one depends on.")
@Atomic
@RecordBuilder
public record OwnerReference(
        @Field(value = "The group and version of the owner.", tag = 5, required = true, alwaysWritten = true)
        String apiVersion,

        @Field(value = "The kind of the owner.", tag = 1, required = true, alwaysWritten = true)
        String kind,

        @Field(value = "The name of the owner.", tag = 3, required = true, alwaysWritten = true)
        String name,

        @Field(
                value = "The unique id of the owner; a new object of the same name is not the owner.",
                tag = 4,
                required = true,
                alwaysWritten = true)
        String uid,

        @Field(value = "Whether the owner is the one that manages the object.", tag = 6) @Nullable
        Boolean controller,

        @Field(value = "Whether the owner, when deleted in the foreground, waits for this object to go first.", tag = 7)
        @Nullable
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
