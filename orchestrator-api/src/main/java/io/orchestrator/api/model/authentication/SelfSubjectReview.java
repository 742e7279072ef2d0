package io.orchestrator.api.model.authentication;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "authentication.k8s.io",
        version = "v1",
        kind = "SelfSubjectReview",
        plural = "selfsubjectreviews",
        namespaced = false)
@Description("Asks who the caller is.")
@RecordBuilder
public record SelfSubjectReview(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is observed; written by the system.", tag = 2)
        SelfSubjectReviewStatus status)
        implements Resource, SelfSubjectReviewBuilder.With {
    public static final ResourceType<SelfSubjectReview> TYPE = ResourceType.of(SelfSubjectReview.class);

    public SelfSubjectReview {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        status = Fields.orElse(status, SelfSubjectReviewStatus.EMPTY);
    }

    @Override
    public SelfSubjectReview withMetadata(ObjectMeta metadata) {
        return SelfSubjectReviewBuilder.With.super.withMetadata(metadata);
    }
}
