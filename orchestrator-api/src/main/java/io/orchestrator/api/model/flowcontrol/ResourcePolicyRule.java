package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Requests to resources.")
@RecordBuilder
public record ResourcePolicyRule(
        @Field(
                value = "The verbs; a star for all.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.SET)
        List<String> verbs,

        @Field(
                value = "The groups; a star for all.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                listType = ListType.SET)
        List<String> apiGroups,

        @Field(
                value = "The resources and subresources; a star for all.",
                tag = 3,
                required = true,
                alwaysWritten = true,
                listType = ListType.SET)
        List<String> resources,

        @Field(value = "Whether requests are meant that name no namespace.", tag = 4)
        boolean clusterScope,

        @Field(value = "The namespaces; a star for all.", tag = 5, listType = ListType.SET)
        List<String> namespaces)
        implements ResourcePolicyRuleBuilder.With {
    public static final ResourcePolicyRule EMPTY =
            ResourcePolicyRuleBuilder.builder().build();

    public ResourcePolicyRule {
        verbs = Fields.list(verbs);
        apiGroups = Fields.list(apiGroups);
        resources = Fields.list(resources);
        namespaces = Fields.list(namespaces);
    }
}
