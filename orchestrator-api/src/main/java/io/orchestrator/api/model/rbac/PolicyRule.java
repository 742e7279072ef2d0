package io.orchestrator.api.model.rbac;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Permissions to do something with resources or paths.")
@RecordBuilder
public record PolicyRule(
        @Field(
                value = "What may be done; * stands for everything.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<String> verbs,

        @Field(value = "The API groups that are meant; * stands for all.", tag = 2, listType = ListType.ATOMIC)
        List<String> apiGroups,

        @Field(
                value = "The resources that are meant, with their subresources after a slash; * stands for all.",
                tag = 3,
                listType = ListType.ATOMIC)
        List<String> resources,

        @Field(value = "The names of the objects that are meant; empty for all.", tag = 4, listType = ListType.ATOMIC)
        List<String> resourceNames,

        @Field(
                value = "The paths that are meant; a * at the end stands for whatever follows.",
                tag = 5,
                listType = ListType.ATOMIC)
        List<String> nonResourceURLs)
        implements PolicyRuleBuilder.With {
    public static final PolicyRule EMPTY = PolicyRuleBuilder.builder().build();

    public PolicyRule {
        verbs = Fields.list(verbs);
        apiGroups = Fields.list(apiGroups);
        resources = Fields.list(resources);
        resourceNames = Fields.list(resourceNames);
        nonResourceURLs = Fields.list(nonResourceURLs);
    }
}
