package io.orchestrator.api.model.node;

import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.MapType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

@Description("Which nodes can run such pods.")
@RecordBuilder
public record Scheduling(
        @Field(value = "The labels that the nodes have.", tag = 1, mapType = MapType.ATOMIC)
        Map<String, String> nodeSelector,

        @Field(value = "Tolerations that such pods get.", tag = 2, listType = ListType.ATOMIC)
        List<Toleration> tolerations)
        implements SchedulingBuilder.With {
    public static final Scheduling EMPTY = SchedulingBuilder.builder().build();

    public Scheduling {
        nodeSelector = Fields.map(nodeSelector);
        tolerations = Fields.list(tolerations);
    }
}
