package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("What single kinds of failure lead to; the first rule that fits counts.")
@RecordBuilder
public record PodFailurePolicy(
        @Field(value = "The rules.", tag = 1, required = true, alwaysWritten = true, listType = ListType.ATOMIC)
        List<PodFailurePolicyRule> rules)
        implements PodFailurePolicyBuilder.With {
    public static final PodFailurePolicy EMPTY =
            PodFailurePolicyBuilder.builder().build();

    public PodFailurePolicy {
        rules = Fields.list(rules);
    }
}
