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

@Description("One thing that serves, mostly a pod.")
@RecordBuilder
public record Endpoint(
        @Field(
                value = "Its addresses; only the first is used.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.SET)
        List<String> addresses,

        @Field(value = "Whether it can be used.", tag = 2) EndpointConditions conditions,
        @Field(value = "Its host name.", tag = 3) @Nullable String hostname,

        @Field(value = "The object that it stands for.", tag = 4) @Nullable
        ObjectReference targetRef,

        @Field(value = "Labels of former versions; not to be set.", tag = 5)
        Map<String, String> deprecatedTopology,

        @Field(value = "The node that it is on.", tag = 6) @Nullable
        String nodeName,

        @Field(value = "The zone that it is in.", tag = 7) @Nullable
        String zone,

        @Field(value = "Who should use it.", tag = 8) @Nullable
        EndpointHints hints)
        implements EndpointBuilder.With {
    public static final Endpoint EMPTY = EndpointBuilder.builder().build();

    public Endpoint {
        addresses = Fields.list(addresses);
        conditions = Fields.orElse(conditions, EndpointConditions.EMPTY);
        deprecatedTopology = Fields.map(deprecatedTopology);
    }
}
