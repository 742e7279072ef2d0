package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.EventBuilder;
import io.orchestrator.api.model.core.EventSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Events: when, about what, why. */
final class EventRows {
    private static final List<Column> COLUMNS = List.of(
            Column.text("Last Seen", "When it happened last"),
            Column.text("Type", "Normal or Warning"),
            Column.text("Reason", "One word for machines"),
            Column.text("Object", "What it is about"),
            Column.text("Subobject", "Which part of the object").wide(),
            Column.text("Source", "Who reports it").wide(),
            Column.text("Message", "For people"),
            Column.text("First Seen", "When it happened first").wide(),
            new Column("Count", "string", "", "How often it happened", 1),
            new Column("Name", "string", "name", "Name of the event itself", 1));

    private EventRows() {}

    static RowPrinter<Event> printer() {
        return new RowPrinter<>(COLUMNS, EventRows::cells);
    }

    /** Events as their newer group has them read the same. */
    static RowPrinter<io.orchestrator.api.model.events.Event> newer() {
        return new RowPrinter<>(COLUMNS, (event, now) -> cells(older(event), now));
    }

    private static Event older(io.orchestrator.api.model.events.Event event) {
        var series = event.series();
        return EventBuilder.builder()
                .metadata(event.metadata())
                .involvedObject(event.regarding())
                .reason(event.reason())
                .message(event.note())
                .source(event.deprecatedSource())
                .firstTimestamp(event.deprecatedFirstTimestamp())
                .lastTimestamp(event.deprecatedLastTimestamp())
                .count(event.deprecatedCount())
                .type(event.type())
                .eventTime(event.eventTime())
                .series(series == null ? null : new EventSeries(series.count(), series.lastObservedTime()))
                .reportingComponent(event.reportingController())
                .build();
    }

    private static List<Object> cells(Event event, Instant now) {
        Time first = event.firstTimestamp();
        MicroTime at = event.eventTime();
        String firstSeen = first != null ? Age.since(first, now) : micro(at, now);
        Time last = event.lastTimestamp();
        EventSeries series = event.series();
        String lastSeen = series != null && series.lastObservedTime() != null
                ? micro(series.lastObservedTime(), now)
                : last != null ? Age.since(last, now) : firstSeen;
        int count = series != null ? series.count() : Math.max(1, event.count());
        String source = event.source().component().isEmpty()
                ? event.reportingComponent()
                : event.source().component();
        String host = event.source().host();
        return List.of(
                lastSeen,
                event.type(),
                event.reason(),
                event.involvedObject().kind().toLowerCase(Locale.ROOT) + "/"
                        + event.involvedObject().name(),
                event.involvedObject().fieldPath(),
                host.isEmpty() ? source : source + ", " + host,
                event.message().strip(),
                firstSeen,
                String.valueOf(count),
                event.metadata().name());
    }

    private static String micro(@org.jspecify.annotations.Nullable MicroTime moment, Instant now) {
        return moment == null ? "<unknown>" : Age.human(Duration.between(moment.instant(), now));
    }
}
