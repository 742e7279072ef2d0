package io.orchestrator.core.control.garbage;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.ControllerSpec.Index;
import io.orchestrator.api.control.ControllerSpec.Source;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Owners and dependents over all kinds, as the caches have them. Stateless. */
final class OwnershipGraph {
    private static final String BY_UID = "uid";
    private static final String BY_OWNER = "owner-uid";

    /** An object with its kind. */
    record Found<T extends Resource>(ResourceType<T> type, T object) {

        String uid() {
            return object.metadata().uid();
        }

        boolean isDeleting() {
            return object.metadata().deletionTimestamp() != null;
        }

        boolean has(String finalizer) {
            return object.metadata().finalizers().contains(finalizer);
        }

        boolean isDeletingInForeground() {
            return isDeleting() && has(Finalizers.FOREGROUND);
        }
    }

    private final List<ResourceType<?>> types;
    private final Map<String, ResourceType<?>> byKind = new HashMap<>();

    OwnershipGraph(List<ResourceType<?>> types) {
        this.types = List.copyOf(types);
        this.types.forEach(type -> byKind.putIfAbsent(kindOf(type.group(), type.kind()), type));
    }

    /** What the controller must watch for this graph. */
    List<Source<?>> sources() {
        List<Source<?>> sources = new ArrayList<>();
        types.forEach(type -> sources.add(source(type)));
        return sources;
    }

    Optional<ResourceType<?>> typeOf(OwnerReference reference) {
        return Optional.ofNullable(byKind.get(kindOf(reference)));
    }

    /** Whoever has the uid of this key. */
    Optional<Found<?>> find(View view, ObjectKey key) {
        return find(view, key.namespace(), key.name());
    }

    /** Whoever has the uid that the reference names, of whichever kind it is. */
    Optional<Found<?>> find(View view, OwnerReference reference) {
        return find(view, kindOf(reference), reference.uid());
    }

    /** Looks where it should be, and then everywhere: a reference may be wrong about the kind. */
    private Optional<Found<?>> find(View view, String kind, String uid) {
        ResourceType<?> likely = byKind.get(kind);
        Optional<Found<?>> there = likely == null ? Optional.empty() : findOfType(view, likely, uid);
        if (there.isPresent()) {
            return there;
        }
        for (ResourceType<?> type : types) {
            Optional<Found<?>> found = findOfType(view, type, uid);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Everything that names the uid as an owner. */
    List<Found<?>> dependentsOf(View view, String uid) {
        List<Found<?>> dependents = new ArrayList<>();
        types.forEach(type -> addDependents(view, type, uid, dependents));
        return dependents;
    }

    /** The same as the API itself has it, in one namespace: what was made a moment ago may not be in the caches yet. */
    List<Found<?>> dependentsIn(String namespace, String uid, Client client) {
        List<Found<?>> dependents = new ArrayList<>();
        types.stream()
                .filter(ResourceType::namespaced)
                .forEach(type -> addLive(client, type, namespace, uid, dependents));
        return dependents;
    }

    private static <T extends Resource> void addLive(
            Client client, ResourceType<T> type, String namespace, String uid, List<Found<?>> into) {
        client.resources(type).inNamespace(namespace).list().items().stream()
                .filter(object -> ownerUids(object).contains(uid))
                .forEach(object -> into.add(new Found<>(type, object)));
    }

    private static <T extends Resource> Optional<Found<?>> findOfType(View view, ResourceType<T> type, String uid) {
        // Of what is gone every kind is asked, and none has it.
        List<T> found = view.byIndex(type, BY_UID, uid);
        return found.isEmpty() ? Optional.empty() : Optional.of(new Found<>(type, found.get(0)));
    }

    private static <T extends Resource> void addDependents(
            View view, ResourceType<T> type, String uid, List<Found<?>> into) {
        List<T> found = view.byIndex(type, BY_OWNER, uid);
        for (int i = 0; i < found.size(); i++) {
            into.add(new Found<>(type, found.get(i)));
        }
    }

    private <T extends Resource> Source<T> source(ResourceType<T> type) {
        return new Source<>(
                type,
                (object, view) -> isPlain(object) && stands(view, type, object) ? List.of() : touchedBy(type, object),
                OwnershipGraph::matters,
                List.of(
                        new Index<>(BY_UID, object -> List.of(object.metadata().uid())),
                        new Index<>(BY_OWNER, OwnershipGraph::ownerUids)));
    }

    /** Nothing is to be decided about what has no owner and is not on its way out: many kinds have hardly any other objects. */
    private static boolean isPlain(Resource object) {
        return object.metadata().ownerReferences().isEmpty()
                && object.metadata().finalizers().isEmpty()
                && object.metadata().deletionTimestamp() == null;
    }

    /** Where one went, the cache does not have it any more: then those that it owned are to be looked at. */
    private static <T extends Resource> boolean stands(View view, ResourceType<T> type, Resource object) {
        return !view.byIndex(type, BY_UID, object.metadata().uid()).isEmpty();
    }

    /** An object's own uid, since its owners may be gone, and its owners' uids, since they may wait for it to go; with their kinds. */
    private static List<ObjectKey> touchedBy(ResourceType<?> type, Resource object) {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        keys.add(new ObjectKey(
                kindOf(type.group(), type.kind()), object.metadata().uid()));
        for (OwnerReference owner : object.metadata().ownerReferences()) {
            keys.add(new ObjectKey(kindOf(owner), owner.uid()));
        }
        return List.copyOf(keys);
    }

    private static boolean matters(Resource before, Resource after) {
        var old = before.metadata();
        var now = after.metadata();
        return !old.uid().equals(now.uid())
                || !old.ownerReferences().equals(now.ownerReferences())
                || !old.finalizers().equals(now.finalizers())
                || (old.deletionTimestamp() == null) != (now.deletionTimestamp() == null);
    }

    private static String kindOf(OwnerReference reference) {
        return kindOf(groupOf(reference.apiVersion()), reference.kind());
    }

    private static String kindOf(String group, String kind) {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    private static List<String> ownerUids(Resource object) {
        List<OwnerReference> owners = object.metadata().ownerReferences();
        return switch (owners.size()) {
            case 0 -> List.of();
            case 1 -> List.of(owners.get(0).uid());
            default -> owners.stream().map(OwnerReference::uid).toList();
        };
    }

    private static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
