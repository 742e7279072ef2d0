package io.orchestrator.api.model.authentication;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The token.")
@RecordBuilder
public record TokenRequestStatus(
        @Field(value = "The token itself.", tag = 1, required = true, alwaysWritten = true)
        String token,

        @Field(value = "Until when it is valid.", tag = 2, required = true, alwaysWritten = true) @Nullable
        Time expirationTimestamp)
        implements TokenRequestStatusBuilder.With {
    public static final TokenRequestStatus EMPTY =
            TokenRequestStatusBuilder.builder().build();

    public TokenRequestStatus {
        token = Fields.text(token);
    }
}
