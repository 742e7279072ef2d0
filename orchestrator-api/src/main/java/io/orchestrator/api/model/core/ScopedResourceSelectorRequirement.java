package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("One condition on the objects that a quota counts.")
@RecordBuilder
public record ScopedResourceSelectorRequirement(
        @Field(
                value = "The aspect of the object.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                enumValues = {
                    ResourceQuotaScope.TERMINATING,
                    ResourceQuotaScope.NOT_TERMINATING,
                    ResourceQuotaScope.BEST_EFFORT,
                    ResourceQuotaScope.NOT_BEST_EFFORT,
                    ResourceQuotaScope.PRIORITY_CLASS,
                    ResourceQuotaScope.CROSS_NAMESPACE_POD_AFFINITY
                })
        String scopeName,

        @Field(
                value = "How it relates to the values.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                enumValues = {
                    ScopeSelectorOperator.IN,
                    ScopeSelectorOperator.NOT_IN,
                    ScopeSelectorOperator.EXISTS,
                    ScopeSelectorOperator.DOES_NOT_EXIST
                })
        String operator,

        @Field(value = "The values for In and NotIn; otherwise empty.", tag = 3, listType = ListType.ATOMIC)
        List<String> values)
        implements ScopedResourceSelectorRequirementBuilder.With {
    public static final ScopedResourceSelectorRequirement EMPTY =
            ScopedResourceSelectorRequirementBuilder.builder().build();

    public ScopedResourceSelectorRequirement {
        scopeName = Fields.text(scopeName);
        operator = Fields.text(operator);
        values = Fields.list(values);
    }
}
