package io.orchestrator.core.control.namespace;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.NamespaceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The end of a namespace: everything in it is deleted, and when nothing is left the {@code kubernetes} finalizer is
 * taken off, whereupon the registry removes the namespace itself. What there is to be deleted, and that nothing is left, is
 * always read live: deleting by a cache could leave behind what was created last. Only while everything that the cache shows of
 * a kind is on its way out is the cache enough to wait by: each of ten thousand pods that goes brings the namespace here again.
 */
public final class NamespaceReconciler implements Reconciler {
    /** The finalizer in {@code spec.finalizers} that this controller stands for. */
    static final String FINALIZER = "kubernetes";

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final int WORKERS = 4;

    private final Set<ResourceType<?>> watched;
    private final Supplier<List<ResourceType<?>>> served;

    private NamespaceReconciler(List<ResourceType<?>> watched, Supplier<List<ResourceType<?>>> served) {
        this.watched = Set.copyOf(watched);
        this.served = served;
    }

    /** @param types all kinds that are served; those that are not namespaced are passed over */
    public static ControllerSpec over(List<ResourceType<?>> types) {
        return over(types, () -> types);
    }

    /**
     * As {@link #over(List)}, where kinds come and go.
     *
     * @param types those whose changes wake the controller
     * @param served all kinds that are served when a namespace is emptied
     */
    public static ControllerSpec over(List<ResourceType<?>> types, Supplier<List<ResourceType<?>>> served) {
        List<ResourceType<?>> contents =
                types.stream().filter(ResourceType::namespaced).toList();
        ControllerSpec.Builder spec =
                ControllerSpec.named("namespace").workers(WORKERS).reconciles(Namespace.TYPE);
        contents.forEach(type -> spec.watches(type, NamespaceReconciler::terminatingNamespaceOf));
        return spec.with(new NamespaceReconciler(contents, served));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<Namespace> cached = context.view().get(Namespace.TYPE, key);
        if (cached.isEmpty() || cached.get().metadata().deletionTimestamp() == null) {
            return Outcome.done();
        }
        Namespace namespace = cached.get();
        if (!namespace.spec().finalizers().contains(FINALIZER)) {
            return Outcome.done();
        }
        Remains remains = empty(key.name(), context);
        Namespace told = NamespaceConditions.tell(namespace, remains, context.clock());
        if (!told.equals(namespace)) {
            context.client().namespaces().updateStatus(told);
        }
        if (!remains.isEmpty()) {
            return Outcome.retryAfter(LOOK_AGAIN, "waiting for the contents to go");
        }
        release(key.name(), namespace.metadata().uid(), context.client());
        return Outcome.done();
    }

    private Remains empty(String namespace, Context context) {
        Remains.Builder remains = new Remains.Builder();
        for (ResourceType<?> type : served.get()) {
            if (type.namespaced() && !isGoing(type, namespace, context.view(), remains)) {
                empty(type, namespace, context.client(), remains);
            }
        }
        return remains.build();
    }

    /** Whether there still is something of the kind as far as is seen, and all of it is on its way out. */
    private <T extends Resource> boolean isGoing(
            ResourceType<T> type, String namespace, View view, Remains.Builder remains) {
        if (!watched.contains(type)) {
            return false;
        }
        List<T> seen = view.list(type, namespace);
        if (seen.isEmpty() || seen.stream().anyMatch(item -> item.metadata().deletionTimestamp() == null)) {
            return false;
        }
        remains.add(type, seen);
        return true;
    }

    private static <T extends Resource> void empty(
            ResourceType<T> type, String namespace, Client client, Remains.Builder remains) {
        var resources = client.resources(type).inNamespace(namespace);
        try {
            List<T> items = resources.list().items();
            if (items.isEmpty()) {
                return;
            }
            if (items.stream().anyMatch(item -> item.metadata().deletionTimestamp() == null)) {
                resources.deleteAll(
                        ListOptions.all(), DeleteOptions.defaults().propagate(DeleteOptions.Propagation.BACKGROUND));
                items = resources.list().items();
            }
            remains.add(type, items);
        } catch (ApiException e) {
            // One kind that cannot be listed or deleted now must not keep the others from going.
            remains.failed(type, e.getMessage());
        }
    }

    /** Takes off the finalizer under the newest version, so that no write of others in between is lost. */
    private static void release(String name, String uid, Client client) {
        Optional<Namespace> live = client.namespaces().find(name);
        if (live.isEmpty() || !live.get().metadata().uid().equals(uid)) {
            return;
        }
        Namespace current = live.get();
        NamespaceSpec spec = current.spec()
                .withFinalizers(current.spec().finalizers().stream()
                        .filter(finalizer -> !finalizer.equals(FINALIZER))
                        .toList());
        try {
            client.namespaces().updateSubresource(name, "finalize", current.withSpec(spec));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private static List<ObjectKey> terminatingNamespaceOf(Resource content, View view) {
        ObjectKey namespace = new ObjectKey("", content.metadata().namespace());
        boolean terminating = view.get(Namespace.TYPE, namespace)
                .filter(found -> found.metadata().deletionTimestamp() != null)
                .isPresent();
        return terminating ? List.of(namespace) : List.of();
    }
}
