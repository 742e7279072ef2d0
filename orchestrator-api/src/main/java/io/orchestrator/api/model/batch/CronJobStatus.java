package io.orchestrator.api.model.batch;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Which jobs were made, and when.")
@RecordBuilder
public record CronJobStatus(
        @Field(value = "The jobs that are running.", tag = 1, listType = ListType.ATOMIC)
        List<ObjectReference> active,

        @Field(value = "The last time at which a job was due and made.", tag = 4) @Nullable
        Time lastScheduleTime,

        @Field(value = "When a job last succeeded.", tag = 5) @Nullable
        Time lastSuccessfulTime)
        implements CronJobStatusBuilder.With {
    public static final CronJobStatus EMPTY = CronJobStatusBuilder.builder().build();

    public CronJobStatus {
        active = Fields.list(active);
    }
}
