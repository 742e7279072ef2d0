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
import java.util.LinkedHashSet;
import java.util.List;
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

    OwnershipGraph(List<ResourceType<?>> types) {
        this.types = List.copyOf(types);
    }

    /** What the controller must watch for this graph. */
    List<Source<?>> sources() {
        List<Source<?>> sources = new ArrayList<>();
        types.forEach(type -> sources.add(source(type)));
        return sources;
    }

    Optional<ResourceType<?>> typeOf(OwnerReference reference) {
        return types.stream()
                .filter(type ->
                        type.kind().equals(reference.kind()) && type.group().equals(groupOf(reference.apiVersion())))
                .findFirst();
    }

    Optional<Found<?>> find(View view, String uid) {
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
        return view.byIndex(type, BY_UID, uid).stream().findFirst().map(object -> new Found<>(type, object));
    }

    private static <T extends Resource> void addDependents(
            View view, ResourceType<T> type, String uid, List<Found<?>> into) {
        view.byIndex(type, BY_OWNER, uid).forEach(object -> into.add(new Found<>(type, object)));
    }

    private <T extends Resource> Source<T> source(ResourceType<T> type) {
        return new Source<>(
                type,
                OwnershipGraph::touchedBy,
                OwnershipGraph::matters,
                List.of(
                        new Index<>(BY_UID, object -> List.of(object.metadata().uid())),
                        new Index<>(BY_OWNER, OwnershipGraph::ownerUids)));
    }

    /** An object's own uid, since its owners may be gone, and its owners' uids, since they may wait for it to go. */
    private static List<ObjectKey> touchedBy(Resource object, View view) {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        keys.add(keyOf(object.metadata().uid()));
        ownerUids(object).forEach(uid -> keys.add(keyOf(uid)));
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

    static ObjectKey keyOf(String uid) {
        return new ObjectKey("", uid);
    }

    private static List<String> ownerUids(Resource object) {
        return object.metadata().ownerReferences().stream()
                .map(OwnerReference::uid)
                .toList();
    }

    private static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
