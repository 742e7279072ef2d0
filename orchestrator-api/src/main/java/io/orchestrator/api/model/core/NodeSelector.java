package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Chooses nodes: one of its terms must fit.")
@Atomic
@RecordBuilder
public record NodeSelector(
        @Field(value = "The terms.", tag = 1, required = true, alwaysWritten = true, listType = ListType.ATOMIC)
        List<NodeSelectorTerm> nodeSelectorTerms)
        implements NodeSelectorBuilder.With {
    public static final NodeSelector EMPTY = NodeSelectorBuilder.builder().build();

    public NodeSelector {
        nodeSelectorTerms = Fields.list(nodeSelectorTerms);
    }
}
