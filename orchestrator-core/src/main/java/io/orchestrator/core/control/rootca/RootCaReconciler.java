package io.orchestrator.core.control.rootca;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.ConfigMapBuilder;
import io.orchestrator.api.model.core.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes the certificate of the cluster's authority in every namespace, and puts it right when somebody changes or deletes
 * it.
 */
public final class RootCaReconciler implements Reconciler {
    private static final String NAME = "kube-root-ca.crt";
    private static final String DESCRIPTION = "kubernetes.io/description";
    private static final String TEXT = "Contains a CA bundle that can be used to verify the kube-apiserver when using"
            + " internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed"
            + " across distributions of Kubernetes clusters.";

    private final Map<String, String> data;

    private RootCaReconciler(String certificate) {
        this.data = Map.of("ca.crt", certificate);
    }

    /** @param certificate PEM */
    public static ControllerSpec publishing(String certificate) {
        return ControllerSpec.named("root-ca-certificate-publisher")
                .reconciles(Namespace.TYPE)
                .watches(
                        ConfigMap.TYPE,
                        (map, view) -> map.metadata().name().equals(NAME)
                                ? List.of(new ObjectKey("", map.metadata().namespace()))
                                : List.of())
                .with(new RootCaReconciler(certificate));
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        boolean stands = context.view()
                .get(Namespace.TYPE, key)
                .filter(namespace -> namespace.metadata().deletionTimestamp() == null)
                .isPresent();
        Optional<ConfigMap> found = context.view().get(ConfigMap.TYPE, new ObjectKey(key.name(), NAME));
        if (!stands || found.filter(map -> map.data().equals(data)).isPresent()) {
            return Outcome.done();
        }
        ResourceClient<ConfigMap> maps =
                context.client().inNamespace(key.name()).configMaps();
        try {
            if (found.isPresent()) {
                maps.edit(NAME, map -> map.withData(data));
            } else {
                maps.create(ConfigMapBuilder.builder()
                        .metadata(ObjectMeta.named(key.name(), NAME).withAnnotation(DESCRIPTION, TEXT))
                        .data(data)
                        .build());
            }
        } catch (ApiException e) {
            // Made or deleted by somebody else, or the namespace went in the meantime: the caches will tell.
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
