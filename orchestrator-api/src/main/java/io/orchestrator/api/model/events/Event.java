package io.orchestrator.api.model.events;

import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.EventSource;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@ResourceKind(group = "events.k8s.io", version = "v1", kind = "Event", plural = "events", shortNames = "ev")
@Description("A report that something happened to an object; kept for a while only.")
@RecordBuilder
public record Event(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "When it was first seen, exactly.", tag = 2, required = true, alwaysWritten = true) @Nullable
        MicroTime eventTime,

        @Field(value = "How often and until when it came again.", tag = 3) @Nullable
        EventSeries series,

        @Field(value = "The controller that reports it.", tag = 4)
        String reportingController,

        @Field(value = "The instance of the controller.", tag = 5)
        String reportingInstance,

        @Field(value = "What was done, in one word.", tag = 6)
        String action,

        @Field(value = "Why it happened, in one word.", tag = 7)
        String reason,

        @Field(value = "The object that it is about.", tag = 8)
        ObjectReference regarding,

        @Field(value = "A second object that has to do with it.", tag = 9) @Nullable
        ObjectReference related,

        @Field(value = "What happened, in words.", tag = 10) String note,
        @Field(value = "Normal or Warning.", tag = 11) String type,

        @Field(value = "The component that reports it, in the older form.", tag = 12)
        EventSource deprecatedSource,

        @Field(value = "When it was first seen, in the older form.", tag = 13, alwaysWritten = true) @Nullable
        Time deprecatedFirstTimestamp,

        @Field(value = "When it was last seen, in the older form.", tag = 14, alwaysWritten = true) @Nullable
        Time deprecatedLastTimestamp,

        @Field(value = "How often it was seen, in the older form.", tag = 15)
        int deprecatedCount)
        implements Resource, EventBuilder.With {
    public static final ResourceType<Event> TYPE = ResourceType.of(Event.class);

    public Event {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        reportingController = Fields.text(reportingController);
        reportingInstance = Fields.text(reportingInstance);
        action = Fields.text(action);
        reason = Fields.text(reason);
        regarding = Fields.orElse(regarding, ObjectReference.EMPTY);
        note = Fields.text(note);
        type = Fields.text(type);
        deprecatedSource = Fields.orElse(deprecatedSource, EventSource.EMPTY);
    }

    @Override
    public Event withMetadata(ObjectMeta metadata) {
        return EventBuilder.With.super.withMetadata(metadata);
    }
}
