package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@ResourceKind(version = "v1", kind = "Event", plural = "events", shortNames = "ev")
@Description("Event.")
@RecordBuilder
public record Event(
        @Field(value = "Metadata.", tag = 1, required = true)
        ObjectMeta metadata,

        @Field(value = "Involved object.", tag = 2, required = true)
        ObjectReference involvedObject,

        @Field(value = "Reason.", tag = 3) String reason,
        @Field(value = "Message.", tag = 4) String message,
        @Field(value = "Source.", tag = 5) EventSource source,

        @Field(value = "First timestamp.", tag = 6, alwaysWritten = true) @Nullable
        Time firstTimestamp,

        @Field(value = "Last timestamp.", tag = 7, alwaysWritten = true) @Nullable
        Time lastTimestamp,

        @Field(value = "Count.", tag = 8) int count,
        @Field(value = "Type.", tag = 9) String type,

        @Field(value = "Event time.", tag = 10, alwaysWritten = true) @Nullable
        MicroTime eventTime,

        @Field(value = "Series.", tag = 11) @Nullable EventSeries series,
        @Field(value = "Action.", tag = 12) String action,
        @Field(value = "Related.", tag = 13) @Nullable ObjectReference related,

        @Field(value = "Reporting component.", tag = 14, alwaysWritten = true)
        String reportingComponent,

        @Field(value = "Reporting instance.", tag = 15, alwaysWritten = true)
        String reportingInstance)
        implements Resource, EventBuilder.With {
    public static final ResourceType<Event> TYPE = ResourceType.of(Event.class);

    public Event {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        involvedObject = Fields.orElse(involvedObject, ObjectReference.EMPTY);
        reason = Fields.text(reason);
        message = Fields.text(message);
        source = Fields.orElse(source, EventSource.EMPTY);
        type = Fields.text(type);
        action = Fields.text(action);
        reportingComponent = Fields.text(reportingComponent);
        reportingInstance = Fields.text(reportingInstance);
    }

    @Override
    public Event withMetadata(ObjectMeta metadata) {
        return EventBuilder.With.super.withMetadata(metadata);
    }
}
