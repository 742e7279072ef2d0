package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("What one kind of failure leads to.")
@RecordBuilder
public record PodFailurePolicyRule(
        @Field(
                value = "What is done.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                enumValues = {
                    PodFailurePolicyAction.FAIL_JOB,
                    PodFailurePolicyAction.FAIL_INDEX,
                    PodFailurePolicyAction.IGNORE,
                    PodFailurePolicyAction.COUNT
                })
        String action,

        @Field(value = "Fits failures with certain exit codes.", tag = 2) @Nullable
        PodFailurePolicyOnExitCodesRequirement onExitCodes,

        @Field(value = "Fits failures with certain conditions of the pod.", tag = 3, listType = ListType.ATOMIC)
        List<PodFailurePolicyOnPodConditionsPattern> onPodConditions)
        implements PodFailurePolicyRuleBuilder.With {
    public static final PodFailurePolicyRule EMPTY =
            PodFailurePolicyRuleBuilder.builder().build();

    public PodFailurePolicyRule {
        action = Fields.text(action);
        onPodConditions = Fields.list(onPodConditions);
    }
}
