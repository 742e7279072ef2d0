package io.orchestrator.core.control.serviceaccount;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.core.ServiceAccountBuilder;
import java.util.List;

/** Makes the service account that pods use when they name none, and makes it again when somebody deletes it. */
public final class ServiceAccountReconciler implements Reconciler {
    private static final String DEFAULT = "default";

    public static ControllerSpec spec() {
        return ControllerSpec.named("serviceaccount")
                .reconciles(Namespace.TYPE)
                .watches(
                        ServiceAccount.TYPE,
                        (account, view) -> account.metadata().name().equals(DEFAULT)
                                ? List.of(new ObjectKey("", account.metadata().namespace()))
                                : List.of())
                .with(new ServiceAccountReconciler());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        boolean stands = context.view()
                .get(Namespace.TYPE, key)
                .filter(namespace -> namespace.metadata().deletionTimestamp() == null)
                .isPresent();
        ObjectKey account = new ObjectKey(key.name(), DEFAULT);
        if (!stands || context.view().get(ServiceAccount.TYPE, account).isPresent()) {
            return Outcome.done();
        }
        try {
            context.client()
                    .resources(ServiceAccount.TYPE)
                    .inNamespace(key.name())
                    .create(ServiceAccountBuilder.builder()
                            .metadata(ObjectMetaBuilder.builder()
                                    .name(DEFAULT)
                                    .namespace(key.name())
                                    .build())
                            .build());
        } catch (ApiException e) {
            // Made by somebody else, or the namespace went in the meantime: the caches will tell.
            if (!e.isAlreadyExists() && !e.isNotFound() && !isTerminating(e)) {
                throw e;
            }
        }
        return Outcome.done();
    }

    private static boolean isTerminating(ApiException e) {
        return e.causes().stream().anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
    }
}
