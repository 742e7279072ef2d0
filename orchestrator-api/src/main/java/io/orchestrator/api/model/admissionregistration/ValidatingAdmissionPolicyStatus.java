package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.meta.Condition;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("What is observed of a policy.")
@RecordBuilder
public record ValidatingAdmissionPolicyStatus(
        @Field(value = "The generation of the object that this status speaks of.", tag = 1)
        long observedGeneration,

        @Field(value = "What the check of the expressions found.", tag = 2) @Nullable
        TypeChecking typeChecking,

        @Field(value = "The latest observations on single aspects.", tag = 3, listType = ListType.MAP, mapKeys = "type")
        List<Condition> conditions)
        implements ValidatingAdmissionPolicyStatusBuilder.With {
    public static final ValidatingAdmissionPolicyStatus EMPTY =
            ValidatingAdmissionPolicyStatusBuilder.builder().build();

    public ValidatingAdmissionPolicyStatus {
        conditions = Fields.list(conditions);
    }
}
