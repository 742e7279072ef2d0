package io.orchestrator.core.registry.cache;

import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.spi.store.StoreKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The objects of a cache at one moment; in the order of their keys once that is worth it. Immutable. */
final class OrderedObjects {
    static final OrderedObjects NONE = new OrderedObjects(new Item[0], true);

    private static final Comparator<Item> BY_KEY = Comparator.comparing(Item::key);

    /** One object and where it stands. */
    private record Item(StoreKey key, StoredObject object) {}

    private final Item[] items;
    private final boolean sorted;

    private OrderedObjects(Item[] items, boolean sorted) {
        this.items = items;
        this.sorted = sorted;
    }

    /** A copy, in no order yet: brief, since it is made under the lock that guards the map. */
    static OrderedObjects unsorted(Map<StoreKey, StoredObject> objects) {
        Item[] items = new Item[objects.size()];
        int count = 0;
        for (Map.Entry<StoreKey, StoredObject> object : objects.entrySet()) {
            items[count++] = new Item(object.getKey(), object.getValue());
        }
        return new OrderedObjects(items, false);
    }

    /** In the order of keys, so that the objects of a folder stand together. */
    OrderedObjects sorted() {
        Item[] inOrder = items.clone();
        Arrays.sort(inOrder, BY_KEY);
        return new OrderedObjects(inOrder, true);
    }

    /** In order. */
    List<StoredObject> seenBy(Selection selection) {
        List<Item> seen = new ArrayList<>();
        if (sorted) {
            for (int i = first(selection.folder());
                    i < items.length && items[i].key().startsWith(selection.folder());
                    i++) {
                if (selection.matcher().test(items[i].object().object())) {
                    seen.add(items[i]);
                }
            }
        } else {
            for (Item item : items) {
                if (selection.sees(item.key(), item.object().object())) {
                    seen.add(item);
                }
            }
            seen.sort(BY_KEY);
        }
        List<StoredObject> objects = new ArrayList<>(seen.size());
        for (Item item : seen) {
            objects.add(item.object());
        }
        return objects;
    }

    private int first(StoreKey folder) {
        int low = 0;
        int high = items.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (items[middle].key().compareTo(folder) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
