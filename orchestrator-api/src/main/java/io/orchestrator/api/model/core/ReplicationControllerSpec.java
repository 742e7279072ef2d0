package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.MapType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("Replication controller spec.")
@RecordBuilder
public record ReplicationControllerSpec(
        @Field(value = "Replicas.", tag = 1) @Nullable Integer replicas,
        @Field(value = "Min ready seconds.", tag = 4) int minReadySeconds,

        @Field(value = "Selector.", tag = 2, mapType = MapType.ATOMIC)
        Map<String, String> selector,

        @Field(value = "Template.", tag = 3) @Nullable PodTemplateSpec template)
        implements ReplicationControllerSpecBuilder.With {
    public static final ReplicationControllerSpec EMPTY =
            ReplicationControllerSpecBuilder.builder().build();

    public ReplicationControllerSpec {
        selector = Fields.map(selector);
    }
}
