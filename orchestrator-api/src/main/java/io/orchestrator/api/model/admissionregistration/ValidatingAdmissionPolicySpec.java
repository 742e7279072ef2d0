package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Which requests must meet which rules.")
@RecordBuilder
public record ValidatingAdmissionPolicySpec(
        @Field(value = "The kind of objects that give the rules parameters.", tag = 1) @Nullable
        ParamKind paramKind,

        @Field(value = "The requests that are meant.", tag = 2) @Nullable
        MatchResources matchConstraints,

        @Field(value = "The rules.", tag = 3, listType = ListType.ATOMIC)
        List<Validation> validations,

        @Field(
                value = "What a failure to ask means for the request.",
                tag = 4,
                enumValues = {FailurePolicyType.IGNORE, FailurePolicyType.FAIL})
        @Nullable
        String failurePolicy,

        @Field(value = "What is noted in the audit.", tag = 5, listType = ListType.ATOMIC)
        List<AuditAnnotation> auditAnnotations,

        @Field(
                value = "Conditions in CEL that must all hold for a request to be meant.",
                tag = 6,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<MatchCondition> matchConditions,

        @Field(
                value = "Names for expressions, to be used in others.",
                tag = 7,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<Variable> variables)
        implements ValidatingAdmissionPolicySpecBuilder.With {
    public static final ValidatingAdmissionPolicySpec EMPTY =
            ValidatingAdmissionPolicySpecBuilder.builder().build();

    public ValidatingAdmissionPolicySpec {
        validations = Fields.list(validations);
        auditAnnotations = Fields.list(auditAnnotations);
        matchConditions = Fields.list(matchConditions);
        variables = Fields.list(variables);
    }
}
