package io.orchestrator.core.control.garbage;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.DeleteOptions.Propagation;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.control.garbage.Ownership.Fate;
import io.orchestrator.core.control.garbage.OwnershipGraph.Found;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Garbage collection by owner reference, as Kubernetes documents it: background, foreground and orphaning deletion.
 *
 * <p>An owner that the caches do not show is read live before anything is deleted for its absence: caches may be cold,
 * and a kind's cache may lag behind another's. So may the object's own: it is read live as well, and deletions carry the uid and
 * version that were judged, so that a namesake is safe and so is what was just let go.
 */
public final class GarbageReconciler implements Reconciler {
    private static final int WORKERS = 4;

    private final OwnershipGraph graph;

    private GarbageReconciler(OwnershipGraph graph) {
        this.graph = graph;
    }

    /** The controller over these kinds. Owners of other kinds are taken to stand. */
    public static ControllerSpec over(List<ResourceType<?>> types) {
        OwnershipGraph graph = new OwnershipGraph(types);
        ControllerSpec.Builder spec =
                ControllerSpec.named("garbage-collector-controller").workers(WORKERS);
        graph.sources().forEach(spec::source);
        return spec.with(new GarbageReconciler(graph));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        String uid = key.name();
        Optional<Found<?>> found = graph.find(context.view(), key);
        if (found.isEmpty()) {
            // The object went: whoever named it as an owner is judged anew.
            graph.dependentsOf(context.view(), uid).forEach(dependent -> judge(dependent, context));
            return Outcome.done();
        }
        Found<?> object = found.get();
        if (object.isDeleting()) {
            if (object.has(Finalizers.ORPHAN)) {
                release(object, context);
            } else if (object.has(Finalizers.FOREGROUND)) {
                deleteDependents(object, context);
            }
            return Outcome.done();
        }
        judge(object, context);
        return Outcome.done();
    }

    /** Decides whether an object that stands may go on standing. */
    private void judge(Found<?> found, Context context) {
        if (verdictOn(found, context).verdict() == Ownership.Verdict.KEEP) {
            return;
        }
        // The cache may have it as it was before its owner let go of it, by our own hand even: nothing goes for what it
        // once said.
        current(found, context.client()).ifPresent(current -> carryOut(current, verdictOn(current, context), context));
    }

    private Ownership verdictOn(Found<?> found, Context context) {
        List<OwnerReference> references = found.object().metadata().ownerReferences();
        boolean going = found.isDeleting() && !found.has(Finalizers.FOREGROUND);
        return Ownership.of(going ? List.of() : references, reference -> fateOf(reference, found, context));
    }

    private void carryOut(Found<?> found, Ownership ownership, Context context) {
        switch (ownership.verdict()) {
            case KEEP -> {}
            case DROP_REFERENCES ->
                update(
                        found,
                        context,
                        metadata -> metadata.withOwnerReferences(metadata.ownerReferences().stream()
                                .filter(ownership.dropped().negate())
                                .toList()));
            case DELETE -> delete(found, context, ownPropagation(found));
            case DELETE_IN_FOREGROUND -> deleteInForeground(found, context);
        }
    }

    /** The object as it is now; empty when it is gone, or another has its name. */
    private static <T extends Resource> Optional<Found<T>> current(Found<T> found, Client client) {
        ObjectMeta metadata = found.object().metadata();
        return client.resources(found.type())
                .inNamespace(metadata.namespace())
                .find(metadata.name())
                .filter(object -> object.metadata().uid().equals(metadata.uid()))
                .map(object -> new Found<>(found.type(), object));
    }

    /**
     * Somebody waits for this object, and others may wait behind it. Where one of its own dependents is being deleted in
     * the foreground too, the owners form a cycle in which all would wait for ever: this object then stops blocking.
     */
    private void deleteInForeground(Found<?> found, Context context) {
        List<Found<?>> dependents = graph.dependentsOf(context.view(), found.uid());
        boolean cycle = dependents.stream().anyMatch(Found::isDeletingInForeground);
        if (cycle) {
            update(
                    found,
                    context,
                    metadata -> metadata.withOwnerReferences(metadata.ownerReferences().stream()
                            .map(reference ->
                                    Ownership.blocks(reference) ? reference.withBlockOwnerDeletion(false) : reference)
                            .toList()));
        }
        delete(found, context, dependents.isEmpty() ? ownPropagation(found) : Propagation.FOREGROUND);
    }

    private Fate fateOf(OwnerReference reference, Found<?> dependent, Context context) {
        Optional<Found<?>> cached = graph.find(context.view(), reference);
        String namespace = dependent.object().metadata().namespace();
        if (cached.filter(owner -> reaches(owner, namespace)).isPresent()) {
            return fateOf(cached.get());
        }
        Optional<ResourceType<?>> type = graph.typeOf(reference);
        if (type.isEmpty()) {
            return Fate.STANDS;
        }
        if (type.get().namespaced() && namespace.isEmpty()) {
            context.events()
                    .warning(
                            dependent.object(),
                            "OwnerRefInvalidNamespace",
                            "ownerRef [" + reference.apiVersion() + "/" + reference.kind() + ", name: "
                                    + reference.name() + ", uid: " + reference.uid()
                                    + "] is namespaced and cannot own a cluster-scoped object");
            return Fate.STANDS;
        }
        if (cached.isPresent()) {
            context.events()
                    .warning(
                            dependent.object(),
                            "OwnerRefInvalidNamespace",
                            "ownerRef [" + reference.apiVersion() + "/" + reference.kind() + ", namespace: " + namespace
                                    + ", name: " + reference.name() + ", uid: " + reference.uid()
                                    + "] does not exist in namespace \"" + namespace + "\"");
        }
        return readOwner(type.get(), namespace, reference, context.client())
                .map(GarbageReconciler::fateOf)
                .orElse(Fate.GONE);
    }

    /** An owner with a namespace owns nothing beyond it. */
    private static boolean reaches(Found<?> owner, String namespace) {
        String home = owner.object().metadata().namespace();
        return home.isEmpty() || home.equals(namespace);
    }

    private static Fate fateOf(Found<?> owner) {
        return owner.isDeletingInForeground() ? Fate.WAITS : Fate.STANDS;
    }

    /** The owner from the API itself; empty when it is gone or its name belongs to another object. */
    private static <T extends Resource> Optional<Found<T>> readOwner(
            ResourceType<T> type, String namespace, OwnerReference reference, Client client) {
        return client.resources(type)
                .inNamespace(namespace)
                .find(reference.name())
                .filter(object -> object.metadata().uid().equals(reference.uid()))
                .map(object -> new Found<>(type, object));
    }

    /** Foreground: dependents that block go first, then the finalizer that holds the owner. */
    private void deleteDependents(Found<?> owner, Context context) {
        List<Found<?>> blocking = graph.dependentsOf(context.view(), owner.uid()).stream()
                .filter(dependent -> dependent.object().metadata().ownerReferences().stream()
                        .anyMatch(reference -> reference.uid().equals(owner.uid()) && Ownership.blocks(reference)))
                .toList();
        if (blocking.isEmpty()) {
            update(owner, context, metadata -> without(metadata, Finalizers.FOREGROUND));
        } else {
            blocking.forEach(dependent -> judge(dependent, context));
        }
    }

    /**
     * Orphaning: dependents forget their owner, then the finalizer goes. One that is overlooked would be deleted for its owner's
     * absence, so a namespace is searched itself. Owners without a namespace are rare here, and all that there is too much to read.
     */
    private void release(Found<?> owner, Context context) {
        String namespace = owner.object().metadata().namespace();
        List<Found<?>> dependents = namespace.isEmpty()
                ? graph.dependentsOf(context.view(), owner.uid())
                : graph.dependentsIn(namespace, owner.uid(), context.client());
        for (Found<?> dependent : dependents) {
            update(
                    dependent,
                    context,
                    metadata -> metadata.withOwnerReferences(metadata.ownerReferences().stream()
                            .filter(reference -> !reference.uid().equals(owner.uid()))
                            .toList()));
        }
        update(owner, context, metadata -> without(metadata, Finalizers.ORPHAN));
    }

    private static ObjectMeta without(ObjectMeta metadata, String finalizer) {
        return metadata.withFinalizers(metadata.finalizers().stream()
                .filter(each -> !each.equals(finalizer))
                .toList());
    }

    private static Propagation ownPropagation(Found<?> found) {
        if (found.has(Finalizers.ORPHAN)) {
            return Propagation.ORPHAN;
        }
        return found.has(Finalizers.FOREGROUND) ? Propagation.FOREGROUND : Propagation.BACKGROUND;
    }

    private static <T extends Resource> void delete(Found<T> found, Context context, Propagation propagation) {
        if (found.isDeleting() && propagation == ownPropagation(found)) {
            return;
        }
        ObjectMeta metadata = found.object().metadata();
        try {
            context.client()
                    .resources(found.type())
                    .inNamespace(metadata.namespace())
                    .delete(
                            metadata.name(),
                            DeleteOptions.defaults()
                                    .onlyUid(metadata.uid())
                                    .onlyVersion(metadata.resourceVersion())
                                    .propagate(propagation));
        } catch (ApiException e) {
            // Gone already: that was wanted. Changed meanwhile: it is judged anew, by the engine's own try again.
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /** Writes changed metadata under the version that was judged; a conflict comes up again with the newer version. */
    private static <T extends Resource> void update(Found<T> found, Context context, UnaryOperator<ObjectMeta> change) {
        ObjectMeta metadata = found.object().metadata();
        ObjectMeta wanted = change.apply(metadata);
        if (wanted.equals(metadata)) {
            return;
        }
        try {
            context.client()
                    .resources(found.type())
                    .inNamespace(metadata.namespace())
                    .update(found.type().objectClass().cast(found.object().withMetadata(wanted)));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
