package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.schedule.persistent.PersistentMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The objects of other kinds at one moment: those that some plugin declared to read. Immutable. */
public final class KnownObjects {
    public static final KnownObjects NONE = new KnownObjects(PersistentMap.empty());

    private final PersistentMap<Class<?>, PersistentMap<String, PersistentMap<String, Resource>>> all;

    private KnownObjects(PersistentMap<Class<?>, PersistentMap<String, PersistentMap<String, Resource>>> all) {
        this.all = all;
    }

    public <T extends Resource> Optional<T> find(ResourceType<T> type, ObjectKey key) {
        Resource found = inNamespaceByName(type, key.namespace()).get(key.name());
        return found == null ? Optional.empty() : Optional.of(type.objectClass().cast(found));
    }

    /** In no particular order, but always the same for the same objects. */
    public <T extends Resource> List<T> list(ResourceType<T> type, String namespace) {
        List<T> listed = new ArrayList<>();
        inNamespaceByName(type, namespace)
                .forEach((name, object) -> listed.add(type.objectClass().cast(object)));
        return listed;
    }

    public <T extends Resource> List<T> list(ResourceType<T> type) {
        List<T> listed = new ArrayList<>();
        all.getOrDefault(type.objectClass(), PersistentMap.empty())
                .forEach((namespace, objects) -> objects.forEach(
                        (name, object) -> listed.add(type.objectClass().cast(object))));
        return listed;
    }

    public boolean isEmpty(ResourceType<?> type) {
        return all.getOrDefault(type.objectClass(), PersistentMap.empty()).isEmpty();
    }

    /** With this object in the place of the one of its key. */
    public KnownObjects with(ResourceType<?> type, Resource object) {
        ObjectKey key = ObjectKey.of(object);
        return holding(type, key, inNamespaceByName(type, key.namespace()).with(key.name(), object));
    }

    public KnownObjects without(ResourceType<?> type, ObjectKey key) {
        return holding(type, key, inNamespaceByName(type, key.namespace()).without(key.name()));
    }

    private KnownObjects holding(ResourceType<?> type, ObjectKey key, PersistentMap<String, Resource> namespace) {
        PersistentMap<String, PersistentMap<String, Resource>> ofType =
                all.getOrDefault(type.objectClass(), PersistentMap.empty());
        ofType = namespace.isEmpty() ? ofType.without(key.namespace()) : ofType.with(key.namespace(), namespace);
        return new KnownObjects(all.with(type.objectClass(), ofType));
    }

    private PersistentMap<String, Resource> inNamespaceByName(ResourceType<?> type, String namespace) {
        return all.getOrDefault(type.objectClass(), PersistentMap.empty())
                .getOrDefault(namespace, PersistentMap.empty());
    }
}
