package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Pod failure policy on exit codes requirement.")
@RecordBuilder
public record PodFailurePolicyOnExitCodesRequirement(
        @Field(value = "Container name.", tag = 1) @Nullable String containerName,

        @Field(
                value = "Operator.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                enumValues = {PodFailurePolicyOnExitCodesOperator.IN, PodFailurePolicyOnExitCodesOperator.NOT_IN})
        String operator,

        @Field(value = "Values.", tag = 3, required = true, alwaysWritten = true, listType = ListType.SET)
        List<Integer> values)
        implements PodFailurePolicyOnExitCodesRequirementBuilder.With {
    public static final PodFailurePolicyOnExitCodesRequirement EMPTY =
            PodFailurePolicyOnExitCodesRequirementBuilder.builder().build();

    public PodFailurePolicyOnExitCodesRequirement {
        operator = Fields.text(operator);
        values = Fields.list(values);
    }
}
