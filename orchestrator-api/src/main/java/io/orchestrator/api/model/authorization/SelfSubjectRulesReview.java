package io.orchestrator.api.model.authorization;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "authorization.k8s.io",
        version = "v1",
        kind = "SelfSubjectRulesReview",
        plural = "selfsubjectrulesreviews",
        namespaced = false)
@Description("Asks what the caller may do in a namespace.")
@RecordBuilder
public record SelfSubjectRulesReview(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2, required = true)
        SelfSubjectRulesReviewSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        SubjectRulesReviewStatus status)
        implements Resource, SelfSubjectRulesReviewBuilder.With {
    public static final ResourceType<SelfSubjectRulesReview> TYPE = ResourceType.of(SelfSubjectRulesReview.class);

    public SelfSubjectRulesReview {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, SelfSubjectRulesReviewSpec.EMPTY);
        status = Fields.orElse(status, SubjectRulesReviewStatus.EMPTY);
    }

    @Override
    public SelfSubjectRulesReview withMetadata(ObjectMeta metadata) {
        return SelfSubjectRulesReviewBuilder.With.super.withMetadata(metadata);
    }
}
