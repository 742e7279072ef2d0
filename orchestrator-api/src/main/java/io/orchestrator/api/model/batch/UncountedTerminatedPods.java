package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Pods that have ended but are not counted yet, by their ids.")
@RecordBuilder
public record UncountedTerminatedPods(
        @Field(value = "Those that have succeeded.", tag = 1, listType = ListType.SET)
        List<String> succeeded,

        @Field(value = "Those that have failed.", tag = 2, listType = ListType.SET)
        List<String> failed)
        implements UncountedTerminatedPodsBuilder.With {
    public static final UncountedTerminatedPods EMPTY =
            UncountedTerminatedPodsBuilder.builder().build();

    public UncountedTerminatedPods {
        succeeded = Fields.list(succeeded);
        failed = Fields.list(failed);
    }
}
