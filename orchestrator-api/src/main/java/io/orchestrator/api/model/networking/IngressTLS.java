package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("A certificate and its hosts.")
@RecordBuilder
public record IngressTLS(
        @Field(value = "The hosts that the certificate is good for.", tag = 1, listType = ListType.ATOMIC)
        List<String> hosts,

        @Field(value = "The secret with the certificate and its key.", tag = 2)
        String secretName)
        implements IngressTLSBuilder.With {
    public static final IngressTLS EMPTY = IngressTLSBuilder.builder().build();

    public IngressTLS {
        hosts = Fields.list(hosts);
        secretName = Fields.text(secretName);
    }
}
