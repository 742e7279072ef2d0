package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Who asks for what.")
@RecordBuilder
public record PolicyRulesWithSubjects(
        @Field(
                value = "Who asks; one that matches is enough.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<Subject> subjects,

        @Field(value = "What is asked of resources.", tag = 2, listType = ListType.ATOMIC)
        List<ResourcePolicyRule> resourceRules,

        @Field(value = "What is asked of other paths.", tag = 3, listType = ListType.ATOMIC)
        List<NonResourcePolicyRule> nonResourceRules)
        implements PolicyRulesWithSubjectsBuilder.With {
    public static final PolicyRulesWithSubjects EMPTY =
            PolicyRulesWithSubjectsBuilder.builder().build();

    public PolicyRulesWithSubjects {
        subjects = Fields.list(subjects);
        resourceRules = Fields.list(resourceRules);
        nonResourceRules = Fields.list(nonResourceRules);
    }
}
