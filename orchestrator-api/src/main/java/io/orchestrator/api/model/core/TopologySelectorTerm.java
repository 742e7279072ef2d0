package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Places, by the labels of their nodes.")
@Atomic
@RecordBuilder
public record TopologySelectorTerm(
        @Field(value = "The labels, all of which must fit.", tag = 1, listType = ListType.ATOMIC)
        List<TopologySelectorLabelRequirement> matchLabelExpressions)
        implements TopologySelectorTermBuilder.With {
    public static final TopologySelectorTerm EMPTY =
            TopologySelectorTermBuilder.builder().build();

    public TopologySelectorTerm {
        matchLabelExpressions = Fields.list(matchLabelExpressions);
    }
}
