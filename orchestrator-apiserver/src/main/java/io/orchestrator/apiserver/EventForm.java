package io.orchestrator.apiserver;

import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.meta.Status;
import io.orchestrator.core.registry.StoredObject;
import org.jspecify.annotations.Nullable;

/** The events of one watch. Confined to it. */
final class EventForm implements WatchAnswer.Form {
    private final EventFraming framing;
    private final WatchedObjects objects;
    private final @Nullable EventLines shared;
    private final BodyWriter bodies;

    /** @param shared with the other watches that show the same; null where this one shows something of its own */
    EventForm(EventFraming framing, WatchedObjects objects, @Nullable EventLines shared, BodyWriter bodies) {
        this.framing = framing;
        this.objects = objects;
        this.shared = shared;
        this.bodies = bodies;
    }

    @Override
    public byte[] event(WatchEvent.Type type, StoredObject object) {
        EventLines others = shared;
        return others == null
                ? framing.event(type.name(), objects.object(object))
                : others.of(type, object, () -> framing.event(type.name(), objects.object(object)));
    }

    @Override
    public byte[] bookmark(long revision, boolean initialEventsEnd) {
        return framing.event("BOOKMARK", objects.bookmark(revision, initialEventsEnd));
    }

    @Override
    public byte[] error(Status status) {
        return framing.event("ERROR", bodies.record(status, framing.encoding()));
    }

    @Override
    public boolean isText() {
        return framing.isText();
    }
}
