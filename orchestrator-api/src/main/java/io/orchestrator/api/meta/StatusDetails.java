package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Status details.")
@RecordBuilder
public record StatusDetails(
        @Field(value = "Name.", tag = 1) String name,
        @Field(value = "Group.", tag = 2) String group,
        @Field(value = "Kind.", tag = 3) String kind,
        @Field(value = "Uid.", tag = 6) String uid,

        @Field(value = "Causes.", tag = 4, listType = ListType.ATOMIC)
        List<StatusCause> causes,

        @Field(value = "Retry after seconds.", tag = 5) int retryAfterSeconds)
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
