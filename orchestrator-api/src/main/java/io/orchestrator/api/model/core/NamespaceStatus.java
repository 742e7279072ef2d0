package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

@Description("Where a namespace is in its life.")
@RecordBuilder
public record NamespaceStatus(
        @Field(
                value = "Whether it takes new objects or is being emptied.",
                tag = 1,
                enumValues = {NamespacePhase.ACTIVE, NamespacePhase.TERMINATING})
        String phase,

        @Field(
                value = "What stands in the way of its removal.",
                tag = 2,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<NamespaceCondition> conditions)
        implements NamespaceStatusBuilder.With {
    public static final NamespaceStatus EMPTY = NamespaceStatusBuilder.builder().build();

    public NamespaceStatus {
        phase = Fields.text(phase);
        conditions = Fields.list(conditions);
    }

    public Optional<NamespaceCondition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
