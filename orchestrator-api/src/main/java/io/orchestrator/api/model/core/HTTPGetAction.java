package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("An HTTP request to make.")
@RecordBuilder
public record HTTPGetAction(
        @Field(value = "The path to ask for.", tag = 1) String path,

        @Field(value = "The port, or its name.", tag = 2, required = true)
        IntOrString port,

        @Field(value = "The host to ask; empty for the pod.", tag = 3)
        String host,

        @Field(
                value = "HTTP or HTTPS; certificates are not checked.",
                tag = 4,
                enumValues = {URIScheme.HTTP, URIScheme.HTTPS})
        String scheme,

        @Field(value = "Headers to send.", tag = 5, listType = ListType.ATOMIC)
        List<HTTPHeader> httpHeaders)
        implements HTTPGetActionBuilder.With {
    public static final HTTPGetAction EMPTY = HTTPGetActionBuilder.builder().build();

    public HTTPGetAction {
        path = Fields.text(path);
        port = Fields.orElse(port, IntOrString.ZERO);
        host = Fields.text(host);
        scheme = Fields.text(scheme);
        httpHeaders = Fields.list(httpHeaders);
    }
}
