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
        kind = "TokenReview",
        plural = "tokenreviews",
        namespaced = false)
@Description("Asks whose a token is.")
@RecordBuilder
public record TokenReview(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2, required = true)
        TokenReviewSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        TokenReviewStatus status)
        implements Resource, TokenReviewBuilder.With {
    public static final ResourceType<TokenReview> TYPE = ResourceType.of(TokenReview.class);

    public TokenReview {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, TokenReviewSpec.EMPTY);
        status = Fields.orElse(status, TokenReviewStatus.EMPTY);
    }

    @Override
    public TokenReview withMetadata(ObjectMeta metadata) {
        return TokenReviewBuilder.With.super.withMetadata(metadata);
    }
}
