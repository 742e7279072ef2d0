package io.orchestrator.api.model.certificates;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A decision on a request.")
@RecordBuilder
public record CertificateSigningRequestCondition(
        @Field(value = "Approved, Denied or Failed.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "True, False or Unknown.", tag = 6, required = true, alwaysWritten = true)
        String status,

        @Field(value = "A word in CamelCase for the latest change, meant for programs.", tag = 2)
        String reason,

        @Field(value = "The latest change in words, meant for people.", tag = 3)
        String message,

        @Field(value = "When it was last written.", tag = 4, alwaysWritten = true) @Nullable
        Time lastUpdateTime,

        @Field(value = "When the status last became another one.", tag = 5, alwaysWritten = true) @Nullable
        Time lastTransitionTime)
        implements CertificateSigningRequestConditionBuilder.With {
    public static final CertificateSigningRequestCondition EMPTY =
            CertificateSigningRequestConditionBuilder.builder().build();

    public CertificateSigningRequestCondition {
        type = Fields.text(type);
        status = Fields.text(status);
        reason = Fields.text(reason);
        message = Fields.text(message);
    }
}
