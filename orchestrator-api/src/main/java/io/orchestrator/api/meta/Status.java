package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@ResourceKind(version = "v1", kind = "Status", plural = "statuses", namespaced = false)
@Description("The outcome of a request that has no object to answer with.")
@RecordBuilder
public record Status(
        @Field(value = "The version, if a list was meant.", tag = 1)
        ListMeta metadata,

        @Field(value = "Success or Failure.", tag = 2) String status,
        @Field(value = "What happened, in words.", tag = 3) String message,

        @Field(value = "Why it failed, in one word for programs.", tag = 4)
        String reason,

        @Field(value = "More about the failure.", tag = 5, listType = ListType.ATOMIC) @Nullable
        StatusDetails details,

        @Field(value = "The HTTP status.", tag = 6) int code)
        implements StatusBuilder.With {
    public static final Status EMPTY = StatusBuilder.builder().build();

    public Status {
        metadata = Fields.orElse(metadata, ListMeta.EMPTY);
        status = Fields.text(status);
        message = Fields.text(message);
        reason = Fields.text(reason);
    }
}
