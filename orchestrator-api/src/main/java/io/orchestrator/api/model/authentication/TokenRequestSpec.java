package io.orchestrator.api.model.authentication;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("What the token is to be good for.")
@RecordBuilder
public record TokenRequestSpec(
        @Field(
                value = "Who the token is meant for; empty for the API server.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<String> audiences,

        @Field(value = "How long it should be valid.", tag = 4) @Nullable
        Long expirationSeconds,

        @Field(value = "The object without which it is not valid.", tag = 3) @Nullable
        BoundObjectReference boundObjectRef)
        implements TokenRequestSpecBuilder.With {
    public static final TokenRequestSpec EMPTY =
            TokenRequestSpecBuilder.builder().build();

    public TokenRequestSpec {
        audiences = Fields.list(audiences);
    }
}
