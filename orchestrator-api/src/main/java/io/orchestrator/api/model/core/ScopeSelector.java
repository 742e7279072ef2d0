package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Chooses the objects that a quota counts; all conditions must hold.")
@Atomic
@RecordBuilder
public record ScopeSelector(
        @Field(value = "The conditions.", tag = 1, listType = ListType.ATOMIC)
        List<ScopedResourceSelectorRequirement> matchExpressions)
        implements ScopeSelectorBuilder.With {
    public static final ScopeSelector EMPTY = ScopeSelectorBuilder.builder().build();

    public ScopeSelector {
        matchExpressions = Fields.list(matchExpressions);
    }
}
