package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Chooses nodes: all of its conditions must hold; without any, no node fits.")
@Atomic
@RecordBuilder
public record NodeSelectorTerm(
        @Field(value = "Conditions on labels.", tag = 1, listType = ListType.ATOMIC)
        List<NodeSelectorRequirement> matchExpressions,

        @Field(value = "Conditions on fields, of which the name is the only one.", tag = 2, listType = ListType.ATOMIC)
        List<NodeSelectorRequirement> matchFields)
        implements NodeSelectorTermBuilder.With {
    public static final NodeSelectorTerm EMPTY =
            NodeSelectorTermBuilder.builder().build();

    public NodeSelectorTerm {
        matchExpressions = Fields.list(matchExpressions);
        matchFields = Fields.list(matchFields);
    }
}
