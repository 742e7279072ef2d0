package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.networking.Ingress;
import io.orchestrator.api.model.networking.IngressClass;
import io.orchestrator.api.model.networking.IngressStatus;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.defaults.NetworkingDefaults;
import io.orchestrator.core.registry.validation.IngressValidation;
import io.orchestrator.core.registry.validation.NetworkPolicyValidation;
import java.util.List;

/** Which traffic comes in, and which may flow inside. */
final class NetworkingKinds {
    private NetworkingKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(ingress(), ingressClass(), networkPolicy());
    }

    private static ResourceStrategy<Ingress> ingress() {
        return ResourceStrategy.of(Ingress.TYPE)
                .validation(IngressValidation::ingress)
                .prepareCreate(ingress -> ingress.withStatus(IngressStatus.EMPTY))
                .status((ingress, source) -> ingress.withStatus(source.status()))
                .generationOf(Ingress::spec)
                .build();
    }

    private static ResourceStrategy<IngressClass> ingressClass() {
        return ResourceStrategy.of(IngressClass.TYPE)
                .validation(IngressValidation::ingressClass)
                .updateValidation(IngressValidation::ingressClassUpdate)
                .defaults(NetworkingDefaults::of)
                .generationOf(IngressClass::spec)
                .build();
    }

    private static ResourceStrategy<NetworkPolicy> networkPolicy() {
        return ResourceStrategy.of(NetworkPolicy.TYPE)
                .validation(NetworkPolicyValidation::policy)
                .defaults(NetworkingDefaults::of)
                .generationOf(NetworkPolicy::spec)
                .build();
    }
}
