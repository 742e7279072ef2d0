package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Pod failure policy rule.")
@RecordBuilder
public record PodFailurePolicyRule(
        @Field(
                value = "Action.",
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

        @Field(value = "On exit codes.", tag = 2) @Nullable PodFailurePolicyOnExitCodesRequirement onExitCodes,

        @Field(value = "On pod conditions.", tag = 3, listType = ListType.ATOMIC)
        List<PodFailurePolicyOnPodConditionsPattern> onPodConditions)
        implements PodFailurePolicyRuleBuilder.With {
    public static final PodFailurePolicyRule EMPTY =
            PodFailurePolicyRuleBuilder.builder().build();

    public PodFailurePolicyRule {
        action = Fields.text(action);
        onPodConditions = Fields.list(onPodConditions);
    }
}
