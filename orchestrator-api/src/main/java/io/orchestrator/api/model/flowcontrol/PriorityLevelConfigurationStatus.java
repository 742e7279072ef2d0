package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("What is known of the level.")
@RecordBuilder
public record PriorityLevelConfigurationStatus(
        @Field(
                value = "The latest observations on single aspects.",
                tag = 1,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<PriorityLevelConfigurationCondition> conditions)
        implements PriorityLevelConfigurationStatusBuilder.With {
    public static final PriorityLevelConfigurationStatus EMPTY =
            PriorityLevelConfigurationStatusBuilder.builder().build();

    public PriorityLevelConfigurationStatus {
        conditions = Fields.list(conditions);
    }
}
