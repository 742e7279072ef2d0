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
        kind = "SelfSubjectAccessReview",
        plural = "selfsubjectaccessreviews",
        namespaced = false)
@Description("Asks whether the caller may do something.")
@RecordBuilder
public record SelfSubjectAccessReview(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2, required = true)
        SelfSubjectAccessReviewSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        SubjectAccessReviewStatus status)
        implements Resource, SelfSubjectAccessReviewBuilder.With {
    public static final ResourceType<SelfSubjectAccessReview> TYPE = ResourceType.of(SelfSubjectAccessReview.class);

    public SelfSubjectAccessReview {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, SelfSubjectAccessReviewSpec.EMPTY);
        status = Fields.orElse(status, SubjectAccessReviewStatus.EMPTY);
    }

    @Override
    public SelfSubjectAccessReview withMetadata(ObjectMeta metadata) {
        return SelfSubjectAccessReviewBuilder.With.super.withMetadata(metadata);
    }
}
