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
@Description("A report that something happened to an object; kept for a while only.")
@RecordBuilder
public record Event(
        @Field(
                value = "Who the object is: its name, labels and what the system keeps about it.",
                tag = 1,
                required = true)
        ObjectMeta metadata,

        @Field(value = "The object that it is about.", tag = 2, required = true)
        ObjectReference involvedObject,

        @Field(value = "Why it happened, in one word.", tag = 3)
        String reason,

        @Field(value = "What happened, in words.", tag = 4) String message,

        @Field(value = "The component that reports it.", tag = 5)
        EventSource source,

        @Field(value = "When it was first seen.", tag = 6, alwaysWritten = true) @Nullable
        Time firstTimestamp,

        @Field(value = "When it was last seen.", tag = 7, alwaysWritten = true) @Nullable
        Time lastTimestamp,

        @Field(value = "How often it was seen.", tag = 8) int count,
        @Field(value = "Normal or Warning.", tag = 9) String type,

        @Field(value = "When it was first seen, exactly.", tag = 10, alwaysWritten = true) @Nullable
        MicroTime eventTime,

        @Field(value = "How often and until when it came again.", tag = 11) @Nullable
        EventSeries series,

        @Field(value = "What was done, in one word.", tag = 12)
        String action,

        @Field(value = "A second object that has to do with it.", tag = 13) @Nullable
        ObjectReference related,

        @Field(value = "The controller that reports it.", tag = 14, alwaysWritten = true)
        String reportingComponent,

        @Field(value = "The instance of the controller.", tag = 15, alwaysWritten = true)
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
