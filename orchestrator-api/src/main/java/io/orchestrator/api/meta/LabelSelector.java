package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

@Description("Label selector.")
@Atomic
@RecordBuilder
public record LabelSelector(
        @Field(value = "Match labels.", tag = 1) Map<String, String> matchLabels,

        @Field(value = "Match expressions.", tag = 2, listType = ListType.ATOMIC)
        List<LabelSelectorRequirement> matchExpressions)
        implements LabelSelectorBuilder.With {
    public static final LabelSelector EMPTY = LabelSelectorBuilder.builder().build();

    public LabelSelector {
        matchLabels = Fields.map(matchLabels);
        matchExpressions = Fields.list(matchExpressions);
    }
}
