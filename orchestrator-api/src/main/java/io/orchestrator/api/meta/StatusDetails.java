package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("More about a request that failed.")
@RecordBuilder
public record StatusDetails(
        @Field(value = "The name of the object that was asked for.", tag = 1)
        String name,

        @Field(value = "The group of the object.", tag = 2) String group,

        @Field(value = "The kind, or the resource, of the object.", tag = 3)
        String kind,

        @Field(value = "The unique id of the object.", tag = 6)
        String uid,

        @Field(value = "The single causes.", tag = 4, listType = ListType.ATOMIC)
        List<StatusCause> causes,

        @Field(value = "How long to wait before the next try.", tag = 5)
        int retryAfterSeconds)
        implements StatusDetailsBuilder.With {
    public static final StatusDetails EMPTY = StatusDetailsBuilder.builder().build();

    public StatusDetails {
        name = Fields.text(name);
        group = Fields.text(group);
        kind = Fields.text(kind);
        uid = Fields.text(uid);
        causes = Fields.list(causes);
    }
}
