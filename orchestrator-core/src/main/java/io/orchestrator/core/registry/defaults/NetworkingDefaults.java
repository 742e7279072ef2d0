package io.orchestrator.core.registry.defaults;

import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.api.model.networking.IngressClass;
import io.orchestrator.api.model.networking.IngressClassParametersReference;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.api.model.networking.NetworkPolicyPort;
import io.orchestrator.api.model.networking.NetworkPolicySpec;
import io.orchestrator.api.model.networking.NetworkPolicySpecBuilder;
import io.orchestrator.api.model.networking.PolicyType;
import java.util.List;

/** What Kubernetes fills in for network policies and classes of ingresses. */
public final class NetworkingDefaults {
    private NetworkingDefaults() {}

    /** A policy is about what comes in, and about what goes out only where it has rules for that. */
    public static NetworkPolicy of(NetworkPolicy policy) {
        NetworkPolicySpec spec = policy.spec();
        List<String> both = List.of(PolicyType.INGRESS, PolicyType.EGRESS);
        List<String> types = spec.egress().isEmpty() ? List.of(PolicyType.INGRESS) : both;
        return policy.withSpec(NetworkPolicySpecBuilder.builder(spec)
                .policyTypes(spec.policyTypes().isEmpty() ? types : spec.policyTypes())
                .ingress(Each.of(
                        spec.ingress(), rule -> rule.withPorts(Each.of(rule.ports(), NetworkingDefaults::port))))
                .egress(Each.of(spec.egress(), rule -> rule.withPorts(Each.of(rule.ports(), NetworkingDefaults::port))))
                .build());
    }

    private static NetworkPolicyPort port(NetworkPolicyPort port) {
        return port.protocol() == null ? port.withProtocol(Protocol.TCP) : port;
    }

    public static IngressClass of(IngressClass type) {
        IngressClassParametersReference parameters = type.spec().parameters();
        return parameters == null || parameters.scope() != null
                ? type
                : type.withSpec(type.spec().withParameters(parameters.withScope("Cluster")));
    }
}
