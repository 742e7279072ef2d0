package io.orchestrator.core.registry.cache;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.spi.store.StoreKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a cache and their last changes by the value of the kind's trigger field, so that what concerns one value is found
 * without looking at all: a node that lists or watches its own pods costs what it finds. Objects without a value are in none.
 * Not thread-safe: the cache guards it.
 */
final class TriggerIndex {
    /** What there is of one value. The changes are in order; those that the ring has dropped are gone from here, too. */
    private static final class Place {
        final Map<StoreKey, StoredObject> objects = new HashMap<>();
        final ArrayDeque<CachedChange> changes = new ArrayDeque<>(4);
    }

    private final Function<Resource, String> trigger;
    private final Map<String, Place> places = new HashMap<>();

    /** @param trigger the field; always empty for kinds without one */
    TriggerIndex(Function<Resource, String> trigger) {
        this.trigger = trigger;
    }

    void add(CachedChange change) {
        StoredObject now = change.after();
        if (now != null && !change.is().isEmpty()) {
            Place place = place(change.is());
            place.objects.put(change.key(), now);
            place.changes.add(change);
        }
        boolean left = now == null || !change.was().equals(change.is());
        if (left && !change.was().isEmpty()) {
            Place place = place(change.was());
            place.objects.remove(change.key());
            place.changes.add(change);
        }
    }

    /** The change is kept no longer; it was the oldest. */
    void drop(CachedChange change) {
        drop(change.is(), change);
        if (!change.was().equals(change.is())) {
            drop(change.was(), change);
        }
    }

    private void drop(String value, CachedChange change) {
        Place place = value.isEmpty() ? null : places.get(value);
        if (place == null) {
            return;
        }
        if (place.changes.peekFirst() == change) {
            place.changes.removeFirst();
        }
        if (place.changes.isEmpty() && place.objects.isEmpty()) {
            places.remove(value);
        }
    }

    /** Everything anew, without any changes. */
    void reset(Map<StoreKey, StoredObject> all) {
        places.clear();
        all.forEach((key, object) -> {
            String value = valueOf(object);
            if (!value.isEmpty()) {
                place(value).objects.put(key, object);
            }
        });
    }

    /** By what the object is sorted; empty for nothing. */
    String valueOf(@Nullable StoredObject object) {
        return object == null ? "" : trigger.apply(object.object());
    }

    private Place place(String value) {
        return places.computeIfAbsent(value, each -> new Place());
    }

    /** The objects that have this value. */
    Map<StoreKey, StoredObject> objects(String value) {
        Place place = places.get(value);
        return place == null ? Map.of() : place.objects;
    }

    /** The changes after a revision of objects that had this value before or have it since, in order. */
    List<CachedChange> changesAfter(String value, long revision) {
        Place place = places.get(value);
        if (place == null) {
            return List.of();
        }
        List<CachedChange> found = new ArrayList<>();
        Iterator<CachedChange> fromNewest = place.changes.descendingIterator();
        while (fromNewest.hasNext()) {
            CachedChange change = fromNewest.next();
            if (change.revision() <= revision) {
                break;
            }
            found.add(change);
        }
        Collections.reverse(found);
        return found;
    }
}
