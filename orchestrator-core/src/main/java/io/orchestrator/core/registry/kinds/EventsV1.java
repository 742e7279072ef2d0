package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.EventBuilder;
import io.orchestrator.api.model.core.EventSeries;
import io.orchestrator.core.registry.ServedVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as {@code events.k8s.io/v1} has them: the same objects with other names for their fields. */
final class EventsV1 {
    private static final Map<String, String> FIELDS = Map.of(
            "regarding.kind", "involvedObject.kind",
            "regarding.namespace", "involvedObject.namespace",
            "regarding.name", "involvedObject.name",
            "regarding.uid", "involvedObject.uid",
            "regarding.apiVersion", "involvedObject.apiVersion",
            "regarding.resourceVersion", "involvedObject.resourceVersion",
            "regarding.fieldPath", "involvedObject.fieldPath",
            "reportingController", "reportingComponent",
            "reason", "reason",
            "type", "type");

    private EventsV1() {}

    static ServedVersion<io.orchestrator.api.model.events.Event, Event> version() {
        return new ServedVersion<>(
                io.orchestrator.api.model.events.Event.TYPE,
                Event.TYPE,
                EventsV1::read,
                EventsV1::write,
                field -> FIELDS.getOrDefault(field, ""));
    }

    private static io.orchestrator.api.model.events.Event read(Event event) {
        return io.orchestrator.api.model.events.EventBuilder.builder()
                .metadata(event.metadata())
                .eventTime(event.eventTime())
                .series(series(event.series()))
                .reportingController(event.reportingComponent())
                .reportingInstance(event.reportingInstance())
                .action(event.action())
                .reason(event.reason())
                .regarding(event.involvedObject())
                .related(event.related())
                .note(event.message())
                .type(event.type())
                .deprecatedSource(event.source())
                .deprecatedFirstTimestamp(event.firstTimestamp())
                .deprecatedLastTimestamp(event.lastTimestamp())
                .deprecatedCount(event.count())
                .build();
    }

    private static io.orchestrator.api.model.events.@Nullable EventSeries series(@Nullable EventSeries series) {
        return series == null
                ? null
                : new io.orchestrator.api.model.events.EventSeries(series.count(), series.lastObservedTime());
    }

    private static Event write(io.orchestrator.api.model.events.Event event) {
        io.orchestrator.api.model.events.EventSeries series = event.series();
        return EventBuilder.builder()
                .metadata(event.metadata())
                .eventTime(event.eventTime())
                .series(series == null ? null : new EventSeries(series.count(), series.lastObservedTime()))
                .reportingComponent(event.reportingController())
                .reportingInstance(event.reportingInstance())
                .action(event.action())
                .reason(event.reason())
                .involvedObject(event.regarding())
                .related(event.related())
                .message(event.note())
                .type(event.type())
                .source(event.deprecatedSource())
                .firstTimestamp(event.deprecatedFirstTimestamp())
                .lastTimestamp(event.deprecatedLastTimestamp())
                .count(event.deprecatedCount())
                .build();
    }
}
