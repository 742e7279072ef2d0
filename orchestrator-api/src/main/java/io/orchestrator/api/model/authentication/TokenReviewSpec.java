package io.orchestrator.api.model.authentication;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("The token that is asked about.")
@RecordBuilder
public record TokenReviewSpec(
        @Field(value = "The token.", tag = 1) String token,

        @Field(value = "Those for whom the token should be.", tag = 2, listType = ListType.ATOMIC)
        List<String> audiences)
        implements TokenReviewSpecBuilder.With {
    public static final TokenReviewSpec EMPTY = TokenReviewSpecBuilder.builder().build();

    public TokenReviewSpec {
        token = Fields.text(token);
        audiences = Fields.list(audiences);
    }
}
