package io.orchestrator.core.registry.admission.access;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.registry.admission.Admission;

/**
 * Nobody creates who may not create: an apply or an update that finds nothing there is a creation, and the front door had only
 * the verb of the request to go by. A creation that came as one is asked about twice, with the same answer.
 */
public final class CreatePermission implements Admission {
    private final Authorizer authorizer;

    public CreatePermission(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        if (request.operation() != Operation.CREATE || !request.isOfObject()) {
            return;
        }
        ResourceType<?> type = request.type();
        String user = request.caller().userInfo().name();
        boolean allowed = authorizer
                .decide(new Authorizer.Request(
                        request.caller().userInfo(),
                        "create",
                        type.group(),
                        type.plural(),
                        request.namespace(),
                        request.name(),
                        ""))
                .allowed();
        if (!allowed) {
            throw request.denied(
                    "User \"" + user + "\" cannot create resource \"" + type.plural() + "\" in API group \""
                            + type.group() + "\""
                            + (request.namespace().isEmpty()
                                    ? " at the cluster scope"
                                    : " in the namespace \"" + request.namespace() + "\""));
        }
    }
}
