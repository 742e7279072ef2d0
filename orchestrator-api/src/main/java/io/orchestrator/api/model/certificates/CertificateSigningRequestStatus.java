package io.orchestrator.api.model.certificates;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("What became of the request.")
@RecordBuilder
public record CertificateSigningRequestStatus(
        @Field(value = "The latest observations on single aspects.", tag = 1, listType = ListType.MAP, mapKeys = "type")
        List<CertificateSigningRequestCondition> conditions,

        @Field(value = "The certificate in PEM.", tag = 2, listType = ListType.ATOMIC)
        Bytes certificate)
        implements CertificateSigningRequestStatusBuilder.With {
    public static final CertificateSigningRequestStatus EMPTY =
            CertificateSigningRequestStatusBuilder.builder().build();

    public CertificateSigningRequestStatus {
        conditions = Fields.list(conditions);
        certificate = Fields.orElse(certificate, Bytes.EMPTY);
    }
}
