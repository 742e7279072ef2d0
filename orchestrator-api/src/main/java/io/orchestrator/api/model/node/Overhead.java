package io.orchestrator.api.model.node;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

@Description("What running a pod costs by itself.")
@RecordBuilder
public record Overhead(
        @Field(value = "The resources that each pod takes.", tag = 1)
        Map<String, Quantity> podFixed) implements OverheadBuilder.With {
    public static final Overhead EMPTY = OverheadBuilder.builder().build();

    public Overhead {
        podFixed = Fields.map(podFixed);
    }
}
