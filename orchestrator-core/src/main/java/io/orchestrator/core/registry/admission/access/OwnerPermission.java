package io.orchestrator.core.registry.admission.access;

import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.admission.Admission;
import java.util.List;
import java.util.function.Supplier;

/**
 * Nobody keeps an owner from being deleted in the foreground, by {@code blockOwnerDeletion}, who may not set finalizers on that
 * owner.
 */
public final class OwnerPermission implements Admission {
    private final Authorizer authorizer;
    private final Supplier<Catalog> catalog;

    public OwnerPermission(Authorizer authorizer, Supplier<Catalog> catalog) {
        this.authorizer = authorizer;
        this.catalog = catalog;
    }

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        T object = request.object();
        if (object == null || !request.isOfObject()) {
            return;
        }
        List<OwnerReference> known = request.current() == null
                ? List.of()
                : request.current().metadata().ownerReferences();
        for (OwnerReference owner : object.metadata().ownerReferences()) {
            if (Boolean.TRUE.equals(owner.blockOwnerDeletion())
                    && !known.contains(owner)
                    && !mayFinalize(request, owner)) {
                throw request.denied(
                        "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set"
                                + " finalizers on: , <nil>");
            }
        }
    }

    /** An owner of a kind that is not known here has no finalizers to be set. */
    private boolean mayFinalize(Request<?> request, OwnerReference owner) {
        return catalog.get().strategies().stream()
                .map(ResourceStrategy::type)
                .filter(type ->
                        type.kind().equals(owner.kind()) && type.apiVersion().equals(owner.apiVersion()))
                .findFirst()
                .map(type -> authorizer
                        .decide(new Authorizer.Request(
                                request.caller().userInfo(),
                                "update",
                                type.group(),
                                type.plural() + "/finalizers",
                                type.namespaced() ? request.namespace() : "",
                                owner.name(),
                                ""))
                        .allowed())
                .orElse(true);
    }
}
