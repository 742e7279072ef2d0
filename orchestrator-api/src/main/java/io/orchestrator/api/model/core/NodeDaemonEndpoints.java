package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Where the daemons of a node listen.")
@RecordBuilder
public record NodeDaemonEndpoints(
        @Field(value = "Where the node agent listens.", tag = 1)
        DaemonEndpoint kubeletEndpoint) implements NodeDaemonEndpointsBuilder.With {
    public static final NodeDaemonEndpoints EMPTY =
            NodeDaemonEndpointsBuilder.builder().build();

    public NodeDaemonEndpoints {
        kubeletEndpoint = Fields.orElse(kubeletEndpoint, DaemonEndpoint.EMPTY);
    }
}
