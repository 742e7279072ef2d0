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
    // By all that makes two of them the same, as one text: its parts are hashed once, and not at each look.
    private final Map<String, Event> told = new Bounded<>();
    private final Map<String, Messages> similar = new Bounded<>();
    private final Map<String, Bucket> buckets = new Bounded<>();

    EventSeriesMemory(Environment environment) {
        this.environment = environment;
    }

    /** The event to be written, counted; empty when the source tells too much of this object. */
    Optional<Event> next(String component, Resource about, String type, String reason, String message) {
        String object = key(about);
        long nanos = environment.nanoTime().getAsLong();
        if (!buckets.computeIfAbsent(object, key -> new Bucket(nanos)).take(nanos)) {
            return Optional.empty();
        }
        Instant now = environment.clock().instant();
        String alike = String.join("\n", object, component, type, reason, "");
        String same = alike + message;
        String text = message;
        if (isOneOfMany(alike, same, message, now)) {
            text = "(combined from similar events): " + message;
            same = alike;
        }
        Event before = told.get(same);
        Event event = before == null
                ? first(component, reference(about), type, reason, text, now)
                : EventBuilder.builder(before)
                        .message(text)
                        .count(before.count() + 1)
                        .lastTimestamp(Time.of(now))
                        .build();
        told.put(same, event);
        return Optional.of(event);
    }

    private boolean isOneOfMany(String alike, String same, String message, Instant now) {
        Messages messages = similar.computeIfAbsent(alike, key -> new Messages());
        if (messages.last.isBefore(now.minus(SIMILAR_WITHIN))) {
            messages.distinct.clear();
        }
        messages.last = now;
        if (messages.distinct.size() < SIMILAR_ALLOWED) {
            messages.distinct.add(message);
        }
        return messages.distinct.size() >= SIMILAR_ALLOWED && !told.containsKey(same);
    }

    private Event first(
            String component, ObjectReference about, String type, String reason, String message, Instant now) {
        String suffix = HexFormat.of().toHexDigits(environment.random().nextLong());
        return EventBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(about.name() + "." + suffix)
                        .namespace(about.namespace().isEmpty() ? "default" : about.namespace())
                        .build())
                .involvedObject(about)
                .type(type)
                .reason(reason)
                .message(message)
                .source(EventSourceBuilder.builder().component(component).build())
                .reportingComponent(component)
                .firstTimestamp(Time.of(now))
                .lastTimestamp(Time.of(now))
                .count(1)
                .build();
    }

    /** None of its parts but the message, which comes last, has a line's end in it. */
    private static String key(Resource about) {
        ResourceType<?> type = ResourceType.of(about.getClass());
        return String.join(
                "\n",
                type.apiVersion(),
                type.kind(),
                about.metadata().namespace(),
                about.metadata().name(),
                about.metadata().uid());
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
