package io.orchestrator.api.model.rbac;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("How a cluster role is put together from others.")
@RecordBuilder
public record AggregationRule(
        @Field(value = "The cluster roles whose rules are added, by their labels.", tag = 1, listType = ListType.ATOMIC)
        List<LabelSelector> clusterRoleSelectors)
        implements AggregationRuleBuilder.With {
    public static final AggregationRule EMPTY = AggregationRuleBuilder.builder().build();

    public AggregationRule {
        clusterRoleSelectors = Fields.list(clusterRoleSelectors);
    }
}
