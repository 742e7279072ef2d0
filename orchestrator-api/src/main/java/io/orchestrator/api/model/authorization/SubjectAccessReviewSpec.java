package io.orchestrator.api.model.authorization;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("Who would do what.")
@RecordBuilder
public record SubjectAccessReviewSpec(
        @Field(value = "The request, if it is one for a resource.", tag = 1) @Nullable
        ResourceAttributes resourceAttributes,

        @Field(value = "The request, if it is one for another path.", tag = 2) @Nullable
        NonResourceAttributes nonResourceAttributes,

        @Field(value = "The name of the user.", tag = 3) String user,

        @Field(value = "The groups that the user belongs to.", tag = 4, listType = ListType.ATOMIC)
        List<String> groups,

        @Field(value = "What else is known of the user.", tag = 5)
        Map<String, List<String>> extra,

        @Field(value = "The unique id of the object.", tag = 6)
        String uid)
        implements SubjectAccessReviewSpecBuilder.With {
    public static final SubjectAccessReviewSpec EMPTY =
            SubjectAccessReviewSpecBuilder.builder().build();

    public SubjectAccessReviewSpec {
        user = Fields.text(user);
        groups = Fields.list(groups);
        extra = Fields.map(extra);
        uid = Fields.text(uid);
    }
}
