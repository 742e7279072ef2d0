package io.orchestrator.api.model.discovery;

import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("Endpoint.")
@RecordBuilder
public record Endpoint(
        @Field(value = "Addresses.", tag = 1, required = true, alwaysWritten = true, listType = ListType.SET)
        List<String> addresses,

        @Field(value = "Conditions.", tag = 2) EndpointConditions conditions,
        @Field(value = "Hostname.", tag = 3) @Nullable String hostname,
        @Field(value = "Target ref.", tag = 4) @Nullable ObjectReference targetRef,
        @Field(value = "Deprecated topology.", tag = 5) Map<String, String> deprecatedTopology,
        @Field(value = "Node name.", tag = 6) @Nullable String nodeName,
        @Field(value = "Zone.", tag = 7) @Nullable String zone,
        @Field(value = "Hints.", tag = 8) @Nullable EndpointHints hints)
        implements EndpointBuilder.With {
    public static final Endpoint EMPTY = EndpointBuilder.builder().build();

    public Endpoint {
        addresses = Fields.list(addresses);
        conditions = Fields.orElse(conditions, EndpointConditions.EMPTY);
        deprecatedTopology = Fields.map(deprecatedTopology);
    }
}
