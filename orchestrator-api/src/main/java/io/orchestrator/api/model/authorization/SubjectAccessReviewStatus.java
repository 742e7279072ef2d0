package io.orchestrator.api.model.authorization;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Whether it may be done.")
@RecordBuilder
public record SubjectAccessReviewStatus(
        @Field(value = "Whether it is allowed.", tag = 1, required = true, alwaysWritten = true)
        boolean allowed,

        @Field(value = "Whether it is refused for good, whatever others say.", tag = 4)
        boolean denied,

        @Field(value = "Why, in words.", tag = 2) String reason,

        @Field(value = "What went wrong in the evaluation, in words.", tag = 3)
        String evaluationError)
        implements SubjectAccessReviewStatusBuilder.With {
    public static final SubjectAccessReviewStatus EMPTY =
            SubjectAccessReviewStatusBuilder.builder().build();

    public SubjectAccessReviewStatus {
        reason = Fields.text(reason);
        evaluationError = Fields.text(evaluationError);
    }
}
