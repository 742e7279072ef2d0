package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Chooses failures by exit code.")
@RecordBuilder
public record PodFailurePolicyOnExitCodesRequirement(
        @Field(value = "The container; absent for any.", tag = 1) @Nullable
        String containerName,

        @Field(
                value = "Whether the codes are those meant or those left out.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                enumValues = {PodFailurePolicyOnExitCodesOperator.IN, PodFailurePolicyOnExitCodesOperator.NOT_IN})
        String operator,

        @Field(value = "The exit codes.", tag = 3, required = true, alwaysWritten = true, listType = ListType.SET)
        List<Integer> values)
        implements PodFailurePolicyOnExitCodesRequirementBuilder.With {
    public static final PodFailurePolicyOnExitCodesRequirement EMPTY =
            PodFailurePolicyOnExitCodesRequirementBuilder.builder().build();

    public PodFailurePolicyOnExitCodesRequirement {
        operator = Fields.text(operator);
        values = Fields.list(values);
    }
}
