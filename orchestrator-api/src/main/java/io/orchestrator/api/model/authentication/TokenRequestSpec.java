package io.orchestrator.api.model.authentication;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Token request spec.")
@RecordBuilder
public record TokenRequestSpec(
        @Field(value = "Audiences.", tag = 1, required = true, alwaysWritten = true, listType = ListType.ATOMIC)
        List<String> audiences,

        @Field(value = "Expiration seconds.", tag = 4) @Nullable
        Long expirationSeconds,

        @Field(value = "Bound object ref.", tag = 3) @Nullable
        BoundObjectReference boundObjectRef)
        implements TokenRequestSpecBuilder.With {
    public static final TokenRequestSpec EMPTY =
            TokenRequestSpecBuilder.builder().build();

    public TokenRequestSpec {
        audiences = Fields.list(audiences);
    }
}
