package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

@Description("Chooses objects by their labels; all parts must fit, and without any part everything does.")
@Atomic
@RecordBuilder
public record LabelSelector(
        @Field(value = "The values that labels must have.", tag = 1)
        Map<String, String> matchLabels,

        @Field(value = "Further conditions on labels.", tag = 2, listType = ListType.ATOMIC)
        List<LabelSelectorRequirement> matchExpressions)
        implements LabelSelectorBuilder.With {
    public static final LabelSelector EMPTY = LabelSelectorBuilder.builder().build();

    public LabelSelector {
        matchLabels = Fields.map(matchLabels);
        matchExpressions = Fields.list(matchExpressions);
    }

    /** Exactly these labels with these values. */
    public static LabelSelector of(Map<String, String> labels) {
        return LabelSelectorBuilder.builder().matchLabels(labels).build();
    }

    /**
     * Whether all labels and expressions fit; an empty selector fits everything. An expression that is not valid fits nothing.
     * Where many objects are tested, make a {@link Selector} once.
     */
    public boolean matches(Map<String, String> labels) {
        return matchLabels.entrySet().stream()
                        .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())))
                && matchExpressions.stream().allMatch(expression -> expression.matches(labels));
    }
}
