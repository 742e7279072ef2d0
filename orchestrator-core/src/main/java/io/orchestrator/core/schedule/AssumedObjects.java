package io.orchestrator.core.schedule;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.schedule.framework.KnownObjects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of other kinds: as they were seen, and over them what placements under way are going to make of them. An assumed
 * object gives way to any later version that is seen, and goes with the placement that assumed it. Owned by the scheduler's loop.
 */
final class AssumedObjects {

    private record Slot(Class<?> type, ObjectKey key) {}

    private record Assumed(ResourceType<?> type, Resource object, String owner) {}

    private KnownObjects seen = KnownObjects.NONE;
    private KnownObjects assumed = KnownObjects.NONE;
    private final Map<Slot, Assumed> assumptions = new HashMap<>();
    private final Map<String, List<Slot>> byOwner = new HashMap<>();

    /** Without assumptions. */
    KnownObjects seen() {
        return seen;
    }

    /** With assumptions. */
    KnownObjects assumed() {
        return assumed;
    }

    void changed(ResourceType<?> type, ObjectKey key, @Nullable Resource now) {
        seen = now == null ? seen.without(type, key) : seen.with(type, now);
        assumed = now == null ? assumed.without(type, key) : assumed.with(type, now);
        assumptions.remove(new Slot(type.objectClass(), key));
    }

    /** @param owner the uid of the pod whose placement assumes this */
    void assume(Resource object, String owner) {
        ResourceType<?> type = ResourceType.of(object.getClass());
        Slot slot = new Slot(object.getClass(), ObjectKey.of(object));
        assumptions.put(slot, new Assumed(type, object, owner));
        byOwner.computeIfAbsent(owner, any -> new ArrayList<>()).add(slot);
        assumed = assumed.with(type, object);
    }

    /** The placement of this pod was undone or has come about. */
    void forget(String owner) {
        List<Slot> slots = byOwner.remove(owner);
        if (slots == null) {
            return;
        }
        for (Slot slot : slots) {
            Assumed assumption = assumptions.get(slot);
            if (assumption != null && assumption.owner.equals(owner)) {
                assumptions.remove(slot);
                restore(assumption.type, slot.key);
            }
        }
    }

    private <T extends Resource> void restore(ResourceType<T> type, ObjectKey key) {
        assumed = seen.find(type, key)
                .map(object -> assumed.with(type, object))
                .orElseGet(() -> assumed.without(type, key));
    }
}
