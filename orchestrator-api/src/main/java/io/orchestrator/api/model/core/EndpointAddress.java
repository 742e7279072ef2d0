package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Endpoint address.")
@Atomic
@RecordBuilder
public record EndpointAddress(
        @Field(value = "Ip.", tag = 1, required = true, alwaysWritten = true)
        String ip,

        @Field(value = "Hostname.", tag = 3) String hostname,
        @Field(value = "Node name.", tag = 4) @Nullable String nodeName,
        @Field(value = "Target ref.", tag = 2) @Nullable ObjectReference targetRef)
        implements EndpointAddressBuilder.With {
    public static final EndpointAddress EMPTY = EndpointAddressBuilder.builder().build();

    public EndpointAddress {
        ip = Fields.text(ip);
        hostname = Fields.text(hostname);
    }
}
