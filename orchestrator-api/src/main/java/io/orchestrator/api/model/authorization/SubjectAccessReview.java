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
        kind = "SubjectAccessReview",
        plural = "subjectaccessreviews",
        namespaced = false)
@Description("Asks whether somebody may do something.")
@RecordBuilder
public record SubjectAccessReview(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2, required = true)
        SubjectAccessReviewSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        SubjectAccessReviewStatus status)
        implements Resource, SubjectAccessReviewBuilder.With {
    public static final ResourceType<SubjectAccessReview> TYPE = ResourceType.of(SubjectAccessReview.class);

    public SubjectAccessReview {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, SubjectAccessReviewSpec.EMPTY);
        status = Fields.orElse(status, SubjectAccessReviewStatus.EMPTY);
    }

    @Override
    public SubjectAccessReview withMetadata(ObjectMeta metadata) {
        return SubjectAccessReviewBuilder.With.super.withMetadata(metadata);
    }
}
