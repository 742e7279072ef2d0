package io.orchestrator.api.model.authentication;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Who the caller is.")
@RecordBuilder
public record SelfSubjectReviewStatus(
        @Field(value = "Who the caller is.", tag = 1) UserInfo userInfo)
        implements SelfSubjectReviewStatusBuilder.With {
    public static final SelfSubjectReviewStatus EMPTY =
            SelfSubjectReviewStatusBuilder.builder().build();

    public SelfSubjectReviewStatus {
        userInfo = Fields.orElse(userInfo, UserInfo.EMPTY);
    }
}
