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
        final ObjectKey key;
        T object;
        /** Under what each index has it, in the order of the indexes: most changes change none of it. */
        final List<List<String>> values;

        Place(ObjectKey key, T object, int indexes) {
            this.key = key;
            this.object = object;
            this.values = new ArrayList<>(indexes);
        }
    }

    /** Who stands under one value of an index: of many values it is one object alone. Guarded by the cache's lock. */
    private static final class Bucket<T> {
        private @Nullable Place<T> only;
        private @Nullable NavigableMap<ObjectKey, Place<T>> many;

        void add(Place<T> place) {
            if (many == null && (only == null || only == place)) {
                only = place;
                return;
            }
            if (many == null) {
                many = new TreeMap<>();
            }
            if (only != null) {
                many.put(only.key, only);
                only = null;
            }
            many.put(place.key, place);
        }

        /** Whether nobody is left. */
        boolean remove(Place<T> place) {
            if (many != null) {
                many.remove(place.key);
                return many.isEmpty();
            }
            return only == null || only == place;
        }

        Collection<Place<T>> places() {
            return many != null ? many.values() : only != null ? List.of(only) : List.of();
        }
    }

    private static final class IndexTable<T> {
        final Function<T, List<String>> values;
        final Map<String, Bucket<T>> byValue = new HashMap<>();

        IndexTable(Function<T, List<String>> values) {
            this.values = values;
        }

        List<String> of(T object) {
            return List.copyOf(values.apply(object));
        }

        void enter(Place<T> place, List<String> under) {
            for (int i = 0; i < under.size(); i++) {
                byValue.computeIfAbsent(under.get(i), value -> new Bucket<>()).add(place);
            }
        }

        void leave(Place<T> place, List<String> under) {
            for (int i = 0; i < under.size(); i++) {
                Bucket<T> bucket = byValue.get(under.get(i));
                if (bucket != null && bucket.remove(place)) {
                    byValue.remove(under.get(i));
                }
            }
        }
    }

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    @GuardedBy("lock")
    private final Map<ObjectKey, Place<T>> places = new HashMap<>();

    @GuardedBy("lock")
    private final NavigableMap<ObjectKey, Place<T>> inOrder = new TreeMap<>();

    /** By name: several names lead to one table where their function is the same. */
    @GuardedBy("lock")
    private final Map<String, IndexTable<T>> indexes = new HashMap<>();

    @GuardedBy("lock")
    private final List<IndexTable<T>> tables = new ArrayList<>();

    ObjectCache() {
        IndexTable<T> controllers = new IndexTable<>(ObjectCache::controllerUid);
        indexes.put(BY_CONTROLLER, controllers);
        tables.add(controllers);
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
            Map<String, String> latest = Map.of();
            boolean bears = labels.isEmpty();
            for (Place<T> place : in(namespace)) {
                Map<String, String> has = place.object.metadata().labels();
                if (has != latest) {
                    // The pods of a template mostly share theirs.
                    latest = has;
                    bears = bears(has, labels);
                }
                if (bears) {
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
            Bucket<T> found = table.byValue.get(value);
            return found == null ? List.of() : objects(found.places());
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

    /**
     * Adds an index over what is there and what comes. An index of that name stays as it is; one with the very function of another
     * is kept once with it: many controllers look for the same.
     */
    void index(Index<T> index) {
        lock.writeLock().lock();
        try {
            if (indexes.containsKey(index.name())) {
                return;
            }
            for (IndexTable<T> known : tables) {
                if (known.values == index.values()) {
                    indexes.put(index.name(), known);
                    return;
                }
            }
            IndexTable<T> table = new IndexTable<>(index.values());
            for (Place<T> place : inOrder.values()) {
                List<String> under = table.of(place.object);
                place.values.add(under);
                table.enter(place, under);
            }
            indexes.put(index.name(), table);
            tables.add(table);
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
                Place<T> fresh = new Place<>(key, object, tables.size());
                places.put(key, fresh);
                inOrder.put(key, fresh);
                for (IndexTable<T> table : tables) {
                    List<String> under = table.of(object);
                    fresh.values.add(under);
                    table.enter(fresh, under);
                }
                return null;
            }
            T before = place.object;
            place.object = object;
            int number = 0;
            for (IndexTable<T> table : tables) {
                List<String> was = place.values.get(number);
                List<String> is = table.of(object);
                if (!isSame(was, is)) {
                    table.leave(place, was);
                    table.enter(place, is);
                    place.values.set(number, is);
                }
                number++;
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
            int number = 0;
            for (IndexTable<T> table : tables) {
                table.leave(place, place.values.get(number++));
            }
            return place.object;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @GuardedBy("lock")
    private Collection<Place<T>> in(String namespace) {
        if (namespace.isEmpty() || inOrder.isEmpty()) {
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

    private static boolean isSame(List<String> one, List<String> other) {
        boolean same = one.size() == other.size();
        for (int i = 0; same && i < one.size(); i++) {
            same = one.get(i).equals(other.get(i));
        }
        return same;
    }

    private static List<String> controllerUid(Resource object) {
        List<OwnerReference> owners = object.metadata().ownerReferences();
        for (int i = 0; i < owners.size(); i++) {
            if (Boolean.TRUE.equals(owners.get(i).controller())) {
                return List.of(owners.get(i).uid());
            }
        }
        return List.of();
    }
}
