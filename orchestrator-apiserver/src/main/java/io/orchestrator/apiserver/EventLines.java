package io.orchestrator.apiserver;

import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.core.registry.StoredObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of late, so that all who watch are sent the same bytes: what waits for a thousand slow readers then takes
 * the heap of one. A table of fixed size, which keeps nothing large. Thread-safe: races are benign, since whoever finds nothing
 * makes the same line.
 */
final class EventLines {
    private static final int SLOTS = 64;
    private static final int LARGE = 64 * 1024;

    private final @Nullable Line[] slots = new Line[SLOTS];

    private record Line(WatchEvent.Type type, StoredObject object, byte[] bytes) {}

    /**
     * The event, which must be the same for all who ask here. The caller must not change the array.
     *
     * @param made how it is written where nobody has done so
     */
    byte[] of(WatchEvent.Type type, StoredObject object, Supplier<byte[]> made) {
        int slot = (System.identityHashCode(object) * 31 + type.ordinal()) & SLOTS - 1;
        Line known = slots[slot];
        if (known != null && known.object() == object && known.type() == type) {
            return known.bytes();
        }
        byte[] line = made.get();
        if (line.length < LARGE) {
            slots[slot] = new Line(type, object, line);
        }
        return line;
    }
}
