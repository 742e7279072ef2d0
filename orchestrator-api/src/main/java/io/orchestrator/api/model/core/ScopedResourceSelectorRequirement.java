package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Scoped resource selector requirement.")
@RecordBuilder
public record ScopedResourceSelectorRequirement(
        @Field(
                value = "Scope name.",
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
                value = "Operator.",
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

        @Field(value = "Values.", tag = 3, listType = ListType.ATOMIC)
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
