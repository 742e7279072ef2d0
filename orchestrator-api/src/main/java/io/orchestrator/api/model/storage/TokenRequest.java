package io.orchestrator.api.model.storage;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Asks for a token of a service account.")
@RecordBuilder
public record TokenRequest(
        @Field(value = "For whom the token is.", tag = 1, required = true, alwaysWritten = true)
        String audience,

        @Field(value = "For how long it is asked to be valid.", tag = 2) @Nullable
        Long expirationSeconds)
        implements TokenRequestBuilder.With {
    public static final TokenRequest EMPTY = TokenRequestBuilder.builder().build();

    public TokenRequest {
        audience = Fields.text(audience);
    }
}
