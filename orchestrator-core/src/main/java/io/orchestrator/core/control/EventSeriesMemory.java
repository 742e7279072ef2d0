package io.orchestrator.core.control;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.EventBuilder;
import io.orchestrator.api.model.core.EventSourceBuilder;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which events were told already: the same one again raises its count; many of one kind about one object become a single one
 * that speaks for all; and one source may tell of one object 25 times at once and then once in five minutes. As client-go's
 * correlator. Owned by one recorder, which guards it.
 */
final class EventSeriesMemory {
    private static final int REMEMBERED = 4096;
    private static final int SIMILAR_ALLOWED = 10;
    private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);
    private static final int BURST = 25;
    private static final long REFILL_NANOS = Duration.ofMinutes(5).toNanos();

    private record Same(String component, ObjectReference about, String type, String reason, String message) {}

    private record Similar(String component, ObjectReference about, String type, String reason) {}

    private static final class Messages {
        final Set<String> distinct = new HashSet<>();
        Instant last = Instant.MIN;
    }

    private static final class Bucket {
        double tokens = BURST;
        long filledAt;

        Bucket(long now) {
            this.filledAt = now;
        }

        boolean take(long now) {
            tokens = Math.min(BURST, tokens + (double) (now - filledAt) / REFILL_NANOS);
            filledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        Bounded() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }

    private final Environment environment;
    private final Map<Same, Event> told = new Bounded<>();
    private final Map<Similar, Messages> similar = new Bounded<>();
    private final Map<ObjectReference, Bucket> buckets = new Bounded<>();

    EventSeriesMemory(Environment environment) {
        this.environment = environment;
    }

    /** The event to be written, counted; empty when the source tells too much of this object. */
    Optional<Event> next(String component, Resource about, String type, String reason, String message) {
        ObjectReference reference = reference(about);
        long nanos = environment.nanoTime().getAsLong();
        if (!buckets.computeIfAbsent(reference, key -> new Bucket(nanos)).take(nanos)) {
            return Optional.empty();
        }
        Instant now = environment.clock().instant();
        Same same = new Same(component, reference, type, reason, message);
        String text = message;
        if (isOneOfMany(same, now)) {
            text = "(combined from similar events): " + message;
            same = new Same(component, reference, type, reason, "");
        }
        Event before = told.get(same);
        Event event = before == null
                ? first(same, text, now)
                : EventBuilder.builder(before)
                        .message(text)
                        .count(before.count() + 1)
                        .lastTimestamp(Time.of(now))
                        .build();
        told.put(same, event);
        return Optional.of(event);
    }

    private boolean isOneOfMany(Same same, Instant now) {
        Messages messages = similar.computeIfAbsent(
                new Similar(same.component(), same.about(), same.type(), same.reason()), key -> new Messages());
        if (messages.last.isBefore(now.minus(SIMILAR_WITHIN))) {
            messages.distinct.clear();
        }
        messages.last = now;
        if (messages.distinct.size() < SIMILAR_ALLOWED) {
            messages.distinct.add(same.message());
        }
        return messages.distinct.size() >= SIMILAR_ALLOWED && !told.containsKey(same);
    }

    private Event first(Same same, String message, Instant now) {
        ObjectReference about = same.about();
        String suffix = HexFormat.of().toHexDigits(environment.random().nextLong());
        return EventBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(about.name() + "." + suffix)
                        .namespace(about.namespace().isEmpty() ? "default" : about.namespace())
                        .build())
                .involvedObject(about)
                .type(same.type())
                .reason(same.reason())
                .message(message)
                .source(EventSourceBuilder.builder().component(same.component()).build())
                .reportingComponent(same.component())
                .firstTimestamp(Time.of(now))
                .lastTimestamp(Time.of(now))
                .count(1)
                .build();
    }

    /** Without the version, so that the object's changes do not make its events different. */
    private static ObjectReference reference(Resource about) {
        ResourceType<?> type = ResourceType.of(about.getClass());
        return ObjectReferenceBuilder.builder()
                .apiVersion(type.apiVersion())
                .kind(type.kind())
                .namespace(about.metadata().namespace())
                .name(about.metadata().name())
                .uid(about.metadata().uid())
                .build();
    }
}
