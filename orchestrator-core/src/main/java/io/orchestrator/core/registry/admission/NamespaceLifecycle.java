package io.orchestrator.core.registry.admission;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.core.registry.Failures;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nothing is made in a namespace that is not there or is going; and some namespaces never go. */
public final class NamespaceLifecycle implements Admission {
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    /** Before validation, so that a missing namespace is what the caller hears of first. */
    @Override
    public <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        if (request.operation() == Operation.CREATE && request.type().namespaced()) {
            // What is at hand may let a create pass, and never refuse one: the namespace may have been made anew
            // elsewhere.
            Optional<Namespace> known = lookup.known(Namespace.TYPE, "", request.namespace());
            if (known.isEmpty() || isGoing(known.get())) {
                Namespace namespace = lookup.find(Namespace.TYPE, "", request.namespace())
                        .orElseThrow(() -> ApiException.notFound("", "namespaces", request.namespace()));
                if (isGoing(namespace)) {
                    throw terminating(request);
                }
            }
        }
        return object;
    }

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        if (request.operation() == Operation.DELETE
                && request.type().equals(Namespace.TYPE)
                && IMMORTAL.contains(request.name())) {
            throw Failures.forbidden(request.type(), request.name(), "this namespace may not be deleted", List.of());
        }
    }

    private static boolean isGoing(Namespace namespace) {
        return namespace.metadata().deletionTimestamp() != null;
    }

    private static ApiException terminating(Request<?> request) {
        return Failures.forbidden(
                request.type(),
                request.name(),
                "unable to create new content in namespace " + request.namespace() + " because it is being terminated",
                List.of(new Cause(
                        "NamespaceTerminating",
                        "metadata.namespace",
                        "namespace " + request.namespace() + " is being terminated")));
    }
}
