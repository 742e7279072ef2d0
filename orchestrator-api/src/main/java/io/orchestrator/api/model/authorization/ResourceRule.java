package io.orchestrator.api.model.authorization;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("What may be done with resources.")
@RecordBuilder
public record ResourceRule(
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
        List<String> resourceNames)
        implements ResourceRuleBuilder.With {
    public static final ResourceRule EMPTY = ResourceRuleBuilder.builder().build();

    public ResourceRule {
        verbs = Fields.list(verbs);
        apiGroups = Fields.list(apiGroups);
        resources = Fields.list(resources);
        resourceNames = Fields.list(resourceNames);
    }
}
