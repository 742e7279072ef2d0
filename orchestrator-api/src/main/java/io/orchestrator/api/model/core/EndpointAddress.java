package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("An address behind a service.")
@Atomic
@RecordBuilder
public record EndpointAddress(
        @Field(value = "The address.", tag = 1, required = true, alwaysWritten = true)
        String ip,

        @Field(value = "The host name of the endpoint.", tag = 3)
        String hostname,

        @Field(value = "The node that the endpoint is on.", tag = 4) @Nullable
        String nodeName,

        @Field(value = "The object that has the address.", tag = 2) @Nullable
        ObjectReference targetRef)
        implements EndpointAddressBuilder.With {
    public static final EndpointAddress EMPTY = EndpointAddressBuilder.builder().build();

    public EndpointAddress {
        ip = Fields.text(ip);
        hostname = Fields.text(hostname);
    }
}
