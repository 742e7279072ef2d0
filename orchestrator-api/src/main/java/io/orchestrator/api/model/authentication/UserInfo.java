package io.orchestrator.api.model.authentication;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

@Description("Who a user is.")
@RecordBuilder
public record UserInfo(
        @Field(value = "The name of the user.", tag = 1) String username,

        @Field(value = "The unique id of the user.", tag = 2)
        String uid,

        @Field(value = "The groups that the user belongs to.", tag = 3, listType = ListType.ATOMIC)
        List<String> groups,

        @Field(value = "What else is known of the user.", tag = 4)
        Map<String, List<String>> extra)
        implements UserInfoBuilder.With {
    public static final UserInfo EMPTY = UserInfoBuilder.builder().build();

    public UserInfo {
        username = Fields.text(username);
        uid = Fields.text(uid);
        groups = Fields.list(groups);
        extra = Fields.map(extra);
    }
}
