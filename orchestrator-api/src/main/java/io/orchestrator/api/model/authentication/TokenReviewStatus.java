package io.orchestrator.api.model.authentication;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Whose the token is.")
@RecordBuilder
public record TokenReviewStatus(
        @Field(value = "Whether the token is good.", tag = 1)
        boolean authenticated,

        @Field(value = "Whose it is.", tag = 2) UserInfo user,

        @Field(value = "For whom the token is.", tag = 4, listType = ListType.ATOMIC)
        List<String> audiences,

        @Field(value = "Why the token could not be checked.", tag = 3)
        String error)
        implements TokenReviewStatusBuilder.With {
    public static final TokenReviewStatus EMPTY =
            TokenReviewStatusBuilder.builder().build();

    public TokenReviewStatus {
        user = Fields.orElse(user, UserInfo.EMPTY);
        audiences = Fields.list(audiences);
        error = Fields.text(error);
    }
}
