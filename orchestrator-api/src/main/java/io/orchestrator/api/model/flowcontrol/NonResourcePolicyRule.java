package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Requests to other paths.")
@RecordBuilder
public record NonResourcePolicyRule(
        @Field(
                value = "The verbs; a star for all.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.SET)
        List<String> verbs,

        @Field(
                value = "The paths, with a star at their end for all below; a star for all.",
                tag = 6,
                required = true,
                alwaysWritten = true,
                listType = ListType.SET)
        List<String> nonResourceURLs)
        implements NonResourcePolicyRuleBuilder.With {
    public static final NonResourcePolicyRule EMPTY =
            NonResourcePolicyRuleBuilder.builder().build();

    public NonResourcePolicyRule {
        verbs = Fields.list(verbs);
        nonResourceURLs = Fields.list(nonResourceURLs);
    }
}
