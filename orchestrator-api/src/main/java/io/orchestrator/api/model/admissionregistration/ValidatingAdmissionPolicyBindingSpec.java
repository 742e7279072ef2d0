package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Where a policy is in force, and with which parameters.")
@RecordBuilder
public record ValidatingAdmissionPolicyBindingSpec(
        @Field(value = "The policy.", tag = 1) String policyName,

        @Field(value = "The objects that give parameters.", tag = 2) @Nullable
        ParamRef paramRef,

        @Field(value = "The requests that are meant, of those of the policy.", tag = 3) @Nullable
        MatchResources matchResources,

        @Field(
                value = "What follows from a breach.",
                tag = 4,
                listType = ListType.SET,
                enumValues = {ValidationAction.DENY, ValidationAction.WARN, ValidationAction.AUDIT})
        List<String> validationActions)
        implements ValidatingAdmissionPolicyBindingSpecBuilder.With {
    public static final ValidatingAdmissionPolicyBindingSpec EMPTY =
            ValidatingAdmissionPolicyBindingSpecBuilder.builder().build();

    public ValidatingAdmissionPolicyBindingSpec {
        policyName = Fields.text(policyName);
        validationActions = Fields.list(validationActions);
    }
}
