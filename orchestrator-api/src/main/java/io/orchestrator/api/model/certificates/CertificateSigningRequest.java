package io.orchestrator.api.model.certificates;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "certificates.k8s.io",
        version = "v1",
        kind = "CertificateSigningRequest",
        plural = "certificatesigningrequests",
        namespaced = false,
        shortNames = "csr")
@Description("Asks for a certificate.")
@RecordBuilder
public record CertificateSigningRequest(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2, required = true)
        CertificateSigningRequestSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        CertificateSigningRequestStatus status)
        implements Resource, CertificateSigningRequestBuilder.With {
    public static final ResourceType<CertificateSigningRequest> TYPE = ResourceType.of(CertificateSigningRequest.class);

    public CertificateSigningRequest {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, CertificateSigningRequestSpec.EMPTY);
        status = Fields.orElse(status, CertificateSigningRequestStatus.EMPTY);
    }

    @Override
    public CertificateSigningRequest withMetadata(ObjectMeta metadata) {
        return CertificateSigningRequestBuilder.With.super.withMetadata(metadata);
    }
}
