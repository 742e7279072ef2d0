package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Which requests are meant.")
@Atomic
@RecordBuilder
public record MatchResources(
        @Field(value = "The namespaces that are meant, by their labels.", tag = 1) @Nullable
        LabelSelector namespaceSelector,

        @Field(value = "The objects that are meant, by their labels.", tag = 2) @Nullable
        LabelSelector objectSelector,

        @Field(value = "The requests that are meant.", tag = 3, listType = ListType.ATOMIC)
        List<NamedRuleWithOperations> resourceRules,

        @Field(value = "The requests that are left out.", tag = 4, listType = ListType.ATOMIC)
        List<NamedRuleWithOperations> excludeResourceRules,

        @Field(
                value = "Whether a request in an equivalent version is meant, too.",
                tag = 7,
                enumValues = {MatchPolicyType.EXACT, MatchPolicyType.EQUIVALENT})
        @Nullable
        String matchPolicy)
        implements MatchResourcesBuilder.With {
    public static final MatchResources EMPTY = MatchResourcesBuilder.builder().build();

    public MatchResources {
        resourceRules = Fields.list(resourceRules);
        excludeResourceRules = Fields.list(excludeResourceRules);
    }
}
