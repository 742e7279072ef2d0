package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("When an indexed job counts as done before all is completed.")
@RecordBuilder
public record SuccessPolicy(
        @Field(
                value = "The rules; one must be met.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<SuccessPolicyRule> rules)
        implements SuccessPolicyBuilder.With {
    public static final SuccessPolicy EMPTY = SuccessPolicyBuilder.builder().build();

    public SuccessPolicy {
        rules = Fields.list(rules);
    }
}
