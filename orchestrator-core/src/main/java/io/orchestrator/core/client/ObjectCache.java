package io.orchestrator.core.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Objects of one kind by key, with indexes. Every answer is a copy, ordered by key. One writer, many readers. What is in order is
 * touched when an object comes or goes, or is found under something else than before; a mere change costs a look by hash.
 */
final class ObjectCache<T extends Resource> {
    static final String BY_CONTROLLER = "controller";

    /** Where an object stands, whatever its version. Guarded by the cache's lock. */
    private static final class Place<T> {
        T object;

        Place(T object) {
            this.object = object;
        }
    }

    private static final class IndexTable<T> {
        final Function<T, List<String>> values;
        final Map<String, NavigableMap<ObjectKey, Place<T>>> byValue = new HashMap<>();

        IndexTable(Function<T, List<String>> values) {
            this.values = values;
        }
    }

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    @GuardedBy("lock")
    private final Map<ObjectKey, Place<T>> places = new HashMap<>();

    @GuardedBy("lock")
    private final NavigableMap<ObjectKey, Place<T>> inOrder = new TreeMap<>();

    @GuardedBy("lock")
    private final Map<String, IndexTable<T>> indexes = new HashMap<>();

    ObjectCache() {
        indexes.put(BY_CONTROLLER, new IndexTable<>(ObjectCache::controllerUid));
    }

    Optional<T> get(ObjectKey key) {
        lock.readLock().lock();
        try {
            Place<T> place = places.get(key);
            return place == null ? Optional.empty() : Optional.of(place.object);
        } finally {
            lock.readLock().unlock();
        }
    }

    List<T> list(String namespace) {
        lock.readLock().lock();
        try {
            return objects(in(namespace));
        } finally {
            lock.readLock().unlock();
        }
    }

    List<T> list(String namespace, Map<String, String> labels) {
        List<T> found = new ArrayList<>();
        lock.readLock().lock();
        try {
            for (Place<T> place : in(namespace)) {
                if (bears(place.object.metadata().labels(), labels)) {
                    found.add(place.object);
                }
            }
        } finally {
            lock.readLock().unlock();
        }
        return found;
    }

    /** @throws IllegalArgumentException when there is no such index */
    List<T> byIndex(String index, String value) {
        lock.readLock().lock();
        try {
            IndexTable<T> table = indexes.get(index);
            if (table == null) {
                throw new IllegalArgumentException("no index " + index + ", there are " + indexes.keySet());
            }
            NavigableMap<ObjectKey, Place<T>> found = table.byValue.get(value);
            return found == null ? List.of() : objects(found.values());
        } finally {
            lock.readLock().unlock();
        }
    }

    List<ObjectKey> keys() {
        lock.readLock().lock();
        try {
            return new ArrayList<>(inOrder.keySet());
        } finally {
            lock.readLock().unlock();
        }
    }

    int size() {
        lock.readLock().lock();
        try {
            return places.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Adds an index over what is there and what comes. An index of that name stays as it is. */
    void index(Index<T> index) {
        lock.writeLock().lock();
        try {
            if (indexes.containsKey(index.name())) {
                return;
            }
            IndexTable<T> table = new IndexTable<>(index.values());
            inOrder.forEach((key, place) -> enter(table, key, place, table.values.apply(place.object)));
            indexes.put(index.name(), table);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Returns what stood there. */
    @Nullable
    T put(T object) {
        ObjectKey key = ObjectKey.of(object);
        lock.writeLock().lock();
        try {
            Place<T> place = places.get(key);
            if (place == null) {
                Place<T> fresh = new Place<>(object);
                places.put(key, fresh);
                inOrder.put(key, fresh);
                indexes.values().forEach(table -> enter(table, key, fresh, table.values.apply(object)));
                return null;
            }
            T before = place.object;
            place.object = object;
            for (IndexTable<T> table : indexes.values()) {
                List<String> was = table.values.apply(before);
                List<String> is = table.values.apply(object);
                if (!is.equals(was)) {
                    leave(table, key, was);
                    enter(table, key, place, is);
                }
            }
            return before;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Returns what stood there. */
    @Nullable
    T remove(ObjectKey key) {
        lock.writeLock().lock();
        try {
            Place<T> place = places.remove(key);
            if (place == null) {
                return null;
            }
            inOrder.remove(key);
            indexes.values().forEach(table -> leave(table, key, table.values.apply(place.object)));
            return place.object;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @GuardedBy("lock")
    private Collection<Place<T>> in(String namespace) {
        if (namespace.isEmpty()) {
            return inOrder.values();
        }
        return inOrder.subMap(new ObjectKey(namespace, ""), true, new ObjectKey(namespace + '\0', ""), false)
                .values();
    }

    private static <T> List<T> objects(Collection<Place<T>> places) {
        List<T> objects = new ArrayList<>(); // a part of a map would have to be counted for its size
        for (Place<T> place : places) {
            objects.add(place.object);
        }
        return objects;
    }

    private static boolean bears(Map<String, String> has, Map<String, String> asked) {
        for (Map.Entry<String, String> label : asked.entrySet()) {
            if (!label.getValue().equals(has.get(label.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static <T> void enter(IndexTable<T> table, ObjectKey key, Place<T> place, List<String> values) {
        for (String value : values) {
            table.byValue.computeIfAbsent(value, v -> new TreeMap<>()).put(key, place);
        }
    }

    private static <T> void leave(IndexTable<T> table, ObjectKey key, List<String> values) {
        for (String value : values) {
            NavigableMap<ObjectKey, Place<T>> entries = table.byValue.get(value);
            if (entries != null) {
                entries.remove(key);
                if (entries.isEmpty()) {
                    table.byValue.remove(value);
                }
            }
        }
    }

    private static List<String> controllerUid(Resource object) {
        for (OwnerReference reference : object.metadata().ownerReferences()) {
            if (Boolean.TRUE.equals(reference.controller())) {
                return List.of(reference.uid());
            }
        }
        return List.of();
    }
}
