package io.orchestrator.api.model.authentication;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(group = "authentication.k8s.io", version = "v1", kind = "TokenRequest", plural = "tokenrequests")
@Description("Asks for a token of a service account.")
@RecordBuilder
public record TokenRequest(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2, required = true)
        TokenRequestSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        TokenRequestStatus status)
        implements Resource, TokenRequestBuilder.With {
    public static final ResourceType<TokenRequest> TYPE = ResourceType.of(TokenRequest.class);

    public TokenRequest {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, TokenRequestSpec.EMPTY);
        status = Fields.orElse(status, TokenRequestStatus.EMPTY);
    }

    @Override
    public TokenRequest withMetadata(ObjectMeta metadata) {
        return TokenRequestBuilder.With.super.withMetadata(metadata);
    }
}
