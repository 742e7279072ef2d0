package io.orchestrator.core.network.dns;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.control.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * The records of the cluster's services by name, each there from the moment that {@link #put} returns. A name above others is
 * there too, without records. Thread-safe; readers take no lock.
 */
final class Zone {

    /**
     * What is known of a name.
     *
     * @param byOwner the records, by the service that they are of
     * @param below how many names of records lie below
     */
    private record Entry(Map<ObjectKey, List<Record>> byOwner, int below) {
        static final Entry NONE = new Entry(Map.of(), 0);

        Entry with(ObjectKey owner, List<Record> records) {
            Map<ObjectKey, List<Record>> next = new LinkedHashMap<>(byOwner);
            next.put(owner, List.copyOf(records));
            return new Entry(next, below);
        }

        Entry without(ObjectKey owner) {
            Map<ObjectKey, List<Record>> next = new LinkedHashMap<>(byOwner);
            next.remove(owner);
            return new Entry(next, below);
        }

        Entry lifted(int by) {
            return new Entry(byOwner, below + by);
        }

        boolean isNothing() {
            return byOwner.isEmpty() && below == 0;
        }

        List<Record> records() {
            if (byOwner.size() == 1) {
                return byOwner.values().iterator().next();
            }
            List<Record> all = new ArrayList<>();
            byOwner.values().forEach(all::addAll);
            return all;
        }
    }

    private final Name apex;
    private final ConcurrentMap<Name, Entry> entries = new ConcurrentHashMap<>();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<ObjectKey, Map<Name, List<Record>>> owned = new HashMap<>();

    Zone(Name apex) {
        this.apex = apex;
    }

    /** These are the records of the service from now on; none at all for a service that is gone. */
    void put(ObjectKey owner, Map<Name, List<Record>> records) {
        synchronized (lock) {
            Map<Name, List<Record>> before = owned.getOrDefault(owner, Map.of());
            records.forEach((name, list) -> {
                List<Record> old = before.get(name);
                if (!list.equals(old)) {
                    change(name, owner, list);
                }
                if (old == null) {
                    lift(name, 1);
                }
            });
            before.keySet().forEach(name -> {
                if (!records.containsKey(name)) {
                    entries.computeIfPresent(name, (same, entry) -> orNothing(entry.without(owner)));
                    lift(name, -1);
                }
            });
            if (records.isEmpty()) {
                owned.remove(owner);
            } else {
                owned.put(owner, records);
            }
        }
    }

    private void change(Name name, ObjectKey owner, List<Record> records) {
        entries.compute(name, (same, entry) -> (entry == null ? Entry.NONE : entry).with(owner, records));
    }

    /** Tells every name above that one more, or one less, lies below. Names of addresses have nothing above here. */
    private void lift(Name name, int by) {
        if (!name.subdomain(apex)) {
            return;
        }
        for (int depth = 1; name.labels() - depth > apex.labels(); depth++) {
            Name above = new Name(name, depth);
            entries.compute(above, (same, entry) -> orNothing((entry == null ? Entry.NONE : entry).lifted(by)));
        }
    }

    @SuppressWarnings("NullAway") // null is how a concurrent map is told to forget
    private static Entry orNothing(Entry entry) {
        return entry.isNothing() ? null : entry;
    }

    /** Whether the name is there, with records or without. */
    boolean has(Name name) {
        return entries.containsKey(name);
    }

    /** All records of the name, of whatever type. */
    List<Record> records(Name name) {
        Entry entry = entries.get(name);
        return entry == null ? List.of() : entry.records();
    }

    /** How many names are known. */
    int size() {
        return entries.size();
    }
}
