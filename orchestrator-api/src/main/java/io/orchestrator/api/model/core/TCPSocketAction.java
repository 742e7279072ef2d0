package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Tcp socket action.")
@RecordBuilder
public record TCPSocketAction(
        @Field(value = "Port.", tag = 1, required = true) IntOrString port,
        @Field(value = "Host.", tag = 2) String host)
        implements TCPSocketActionBuilder.With {
    public static final TCPSocketAction EMPTY = TCPSocketActionBuilder.builder().build();

    public TCPSocketAction {
        port = Fields.orElse(port, IntOrString.ZERO);
        host = Fields.text(host);
    }
}
