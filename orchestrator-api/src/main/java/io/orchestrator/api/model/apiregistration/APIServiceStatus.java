package io.orchestrator.api.model.apiregistration;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("What is known of the service.")
@RecordBuilder
public record APIServiceStatus(
        @Field(
                value = "The latest observations on single aspects.",
                tag = 1,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<APIServiceCondition> conditions)
        implements APIServiceStatusBuilder.With {
    public static final APIServiceStatus EMPTY =
            APIServiceStatusBuilder.builder().build();

    public APIServiceStatus {
        conditions = Fields.list(conditions);
    }
}
