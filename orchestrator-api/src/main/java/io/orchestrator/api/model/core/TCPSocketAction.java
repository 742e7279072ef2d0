package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A connection to open.")
@RecordBuilder
public record TCPSocketAction(
        @Field(value = "The port, or its name.", tag = 1, required = true)
        IntOrString port,

        @Field(value = "The host to connect to; empty for the pod.", tag = 2)
        String host)
        implements TCPSocketActionBuilder.With {
    public static final TCPSocketAction EMPTY = TCPSocketActionBuilder.builder().build();

    public TCPSocketAction {
        port = Fields.orElse(port, IntOrString.ZERO);
        host = Fields.text(host);
    }
}
