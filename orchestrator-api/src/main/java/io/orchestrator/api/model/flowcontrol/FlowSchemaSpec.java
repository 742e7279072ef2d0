package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("The requests, and their level.")
@RecordBuilder
public record FlowSchemaSpec(
        @Field(value = "The level at which they are served.", tag = 1, required = true)
        PriorityLevelConfigurationReference priorityLevelConfiguration,

        @Field(
                value = "Of the schemas that match a request the one with the lowest number counts.",
                tag = 2,
                alwaysWritten = true)
        int matchingPrecedence,

        @Field(value = "What tells the flows of one schema apart; all are one without it.", tag = 3) @Nullable
        FlowDistinguisherMethod distinguisherMethod,

        @Field(value = "The requests; one rule that matches is enough.", tag = 4, listType = ListType.ATOMIC)
        List<PolicyRulesWithSubjects> rules)
        implements FlowSchemaSpecBuilder.With {
    public static final FlowSchemaSpec EMPTY = FlowSchemaSpecBuilder.builder().build();

    public FlowSchemaSpec {
        priorityLevelConfiguration =
                Fields.orElse(priorityLevelConfiguration, PriorityLevelConfigurationReference.EMPTY);
        rules = Fields.list(rules);
    }
}
