package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.MapType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("How many pods are kept, and what they look like.")
@RecordBuilder
public record ReplicationControllerSpec(
        @Field(value = "How many pods are wanted.", tag = 1) @Nullable
        Integer replicas,

        @Field(value = "How long a new pod must be ready before it counts as available.", tag = 4)
        int minReadySeconds,

        @Field(value = "Which pods it counts as its own.", tag = 2, mapType = MapType.ATOMIC)
        Map<String, String> selector,

        @Field(value = "The pods that it makes.", tag = 3) @Nullable
        PodTemplateSpec template)
        implements ReplicationControllerSpecBuilder.With {
    public static final ReplicationControllerSpec EMPTY =
            ReplicationControllerSpecBuilder.builder().build();

    public ReplicationControllerSpec {
        selector = Fields.map(selector);
    }
}
