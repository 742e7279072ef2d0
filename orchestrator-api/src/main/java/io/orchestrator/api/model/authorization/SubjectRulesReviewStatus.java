package io.orchestrator.api.model.authorization;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("What may be done, as far as it is known.")
@RecordBuilder
public record SubjectRulesReviewStatus(
        @Field(
                value = "What may be done with resources.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<ResourceRule> resourceRules,

        @Field(
                value = "What may be done with other paths.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<NonResourceRule> nonResourceRules,

        @Field(value = "Whether more may be allowed than is told.", tag = 3, required = true, alwaysWritten = true)
        boolean incomplete,

        @Field(value = "What went wrong in the evaluation, in words.", tag = 4)
        String evaluationError)
        implements SubjectRulesReviewStatusBuilder.With {
    public static final SubjectRulesReviewStatus EMPTY =
            SubjectRulesReviewStatusBuilder.builder().build();

    public SubjectRulesReviewStatus {
        resourceRules = Fields.list(resourceRules);
        nonResourceRules = Fields.list(nonResourceRules);
        evaluationError = Fields.text(evaluationError);
    }
}
