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
 * Objects of one kind by key, with indexes. Every answer is a copy, ordered by key. One writer, many readers.
 */
final class ObjectCache<T extends Resource> {
    static final String BY_CONTROLLER = "controller";

    private static final class IndexTable<T> {
        final Function<T, List<String>> values;
        final Map<String, NavigableMap<ObjectKey, T>> byValue = new HashMap<>();

        IndexTable(Function<T, List<String>> values) {
            this.values = values;
        }
    }

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    @GuardedBy("lock")
    private final NavigableMap<ObjectKey, T> objects = new TreeMap<>();

    @GuardedBy("lock")
    private final Map<String, IndexTable<T>> indexes = new HashMap<>();

    ObjectCache() {
        indexes.put(BY_CONTROLLER, new IndexTable<>(ObjectCache::controllerUid));
    }

    Optional<T> get(ObjectKey key) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(objects.get(key));
        } finally {
            lock.readLock().unlock();
        }
    }

    List<T> list(String namespace) {
        lock.readLock().lock();
        try {
            return new ArrayList<>(in(namespace));
        } finally {
            lock.readLock().unlock();
        }
    }

    List<T> list(String namespace, Map<String, String> labels) {
        List<T> found = new ArrayList<>();
        lock.readLock().lock();
        try {
            for (T object : in(namespace)) {
                if (object.metadata().labels().entrySet().containsAll(labels.entrySet())) {
                    found.add(object);
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
            NavigableMap<ObjectKey, T> found = table.byValue.get(value);
            return found == null ? List.of() : new ArrayList<>(found.values());
        } finally {
            lock.readLock().unlock();
        }
    }

    List<ObjectKey> keys() {
        lock.readLock().lock();
        try {
            return new ArrayList<>(objects.keySet());
        } finally {
            lock.readLock().unlock();
        }
    }

    int size() {
        lock.readLock().lock();
        try {
            return objects.size();
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
            objects.forEach((key, object) -> enter(table, key, object, table.values.apply(object)));
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
            T before = objects.put(key, object);
            for (IndexTable<T> table : indexes.values()) {
                List<String> was = before == null ? List.of() : table.values.apply(before);
                List<String> is = table.values.apply(object);
                if (!is.equals(was)) {
                    leave(table, key, was);
                }
                enter(table, key, object, is);
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
            T before = objects.remove(key);
            if (before != null) {
                indexes.values().forEach(table -> leave(table, key, table.values.apply(before)));
            }
            return before;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @GuardedBy("lock")
    private Collection<T> in(String namespace) {
        if (namespace.isEmpty()) {
            return objects.values();
        }
        return objects.subMap(new ObjectKey(namespace, ""), true, new ObjectKey(namespace + '\0', ""), false)
                .values();
    }

    private static <T> void enter(IndexTable<T> table, ObjectKey key, T object, List<String> values) {
        for (String value : values) {
            table.byValue.computeIfAbsent(value, v -> new TreeMap<>()).put(key, object);
        }
    }

    private static <T> void leave(IndexTable<T> table, ObjectKey key, List<String> values) {
        for (String value : values) {
            NavigableMap<ObjectKey, T> entries = table.byValue.get(value);
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
