package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("The bounds that a namespace has to keep.")
@RecordBuilder
public record ResourceQuotaSpec(
        @Field(value = "The bound for each resource.", tag = 1)
        Map<String, Quantity> hard,

        @Field(
                value = "The objects that are counted; empty for all.",
                tag = 2,
                listType = ListType.ATOMIC,
                enumValues = {
                    ResourceQuotaScope.TERMINATING,
                    ResourceQuotaScope.NOT_TERMINATING,
                    ResourceQuotaScope.BEST_EFFORT,
                    ResourceQuotaScope.NOT_BEST_EFFORT,
                    ResourceQuotaScope.PRIORITY_CLASS,
                    ResourceQuotaScope.CROSS_NAMESPACE_POD_AFFINITY
                })
        List<String> scopes,

        @Field(value = "As scopes, with values.", tag = 3) @Nullable
        ScopeSelector scopeSelector)
        implements ResourceQuotaSpecBuilder.With {
    public static final ResourceQuotaSpec EMPTY =
            ResourceQuotaSpecBuilder.builder().build();

    public ResourceQuotaSpec {
        hard = Fields.map(hard);
        scopes = Fields.list(scopes);
    }
}
