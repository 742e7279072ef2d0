package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.networking.IPBlock;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.api.model.networking.NetworkPolicyPeer;
import io.orchestrator.api.model.networking.NetworkPolicyPort;
import io.orchestrator.api.model.networking.NetworkPolicySpec;
import io.orchestrator.api.model.networking.PolicyType;
import java.util.List;

/** What must hold of network policies. */
public final class NetworkPolicyValidation {
    private static final Path SPEC = Path.of("spec");

    private NetworkPolicyValidation() {}

    public static void policy(NetworkPolicy policy, Violations violations) {
        NetworkPolicySpec spec = policy.spec();
        SelectorValidation.selector(spec.podSelector(), SPEC.child("podSelector"), violations);
        for (int i = 0; i < spec.ingress().size(); i++) {
            Path at = SPEC.child("ingress").index(i);
            ports(spec.ingress().get(i).ports(), at.child("ports"), violations);
            peers(spec.ingress().get(i).from(), at.child("from"), violations);
        }
        for (int i = 0; i < spec.egress().size(); i++) {
            Path at = SPEC.child("egress").index(i);
            ports(spec.egress().get(i).ports(), at.child("ports"), violations);
            peers(spec.egress().get(i).to(), at.child("to"), violations);
        }
        List<String> known = List.of(PolicyType.EGRESS, PolicyType.INGRESS);
        if (spec.policyTypes().size() > known.size()) {
            violations.invalid(
                    SPEC.child("policyTypes"), spec.policyTypes(), "may not specify more than two policyTypes");
            return;
        }
        for (int i = 0; i < spec.policyTypes().size(); i++) {
            violations.oneOf(
                    SPEC.child("policyTypes").index(i), spec.policyTypes().get(i), known);
        }
    }

    private static void ports(List<NetworkPolicyPort> ports, Path field, Violations violations) {
        for (int i = 0; i < ports.size(); i++) {
            NetworkPolicyPort port = ports.get(i);
            Path at = field.index(i);
            if (port.protocol() != null) {
                violations.oneOf(at.child("protocol"), port.protocol(), Check.PROTOCOLS);
            }
            if (port.port() == null) {
                if (port.endPort() != null) {
                    violations.required(at.child("port"), "must be specified when `endPort` is specified");
                }
                continue;
            }
            Check.port(at.child("port"), port.port(), violations);
            Integer end = port.endPort();
            if (end == null) {
                continue;
            }
            if (port.port().isText()) {
                violations.forbidden(at.child("endPort"), "may not be specified when `port` is non-numeric");
            } else if (end < port.port().number()) {
                violations.invalid(at.child("endPort"), end, "must be greater than or equal to `port`");
            }
            Check.port(at.child("endPort"), end, violations);
        }
    }

    private static void peers(List<NetworkPolicyPeer> peers, Path field, Violations violations) {
        for (int i = 0; i < peers.size(); i++) {
            NetworkPolicyPeer peer = peers.get(i);
            Path at = field.index(i);
            boolean selects = peer.podSelector() != null || peer.namespaceSelector() != null;
            SelectorValidation.selector(peer.podSelector(), at.child("podSelector"), violations);
            SelectorValidation.selector(peer.namespaceSelector(), at.child("namespaceSelector"), violations);
            if (peer.ipBlock() != null) {
                if (selects) {
                    violations.forbidden(at, "may not specify both ipBlock and another peer");
                }
                block(peer.ipBlock(), at.child("ipBlock"), violations);
            } else if (!selects) {
                violations.required(at, "must specify a peer");
            }
        }
    }

    private static void block(IPBlock block, Path at, Violations violations) {
        if (block.cidr().isEmpty()) {
            violations.required(at.child("cidr"));
            return;
        }
        Check.cidr(at.child("cidr"), block.cidr(), violations);
        if (!Check.isCidr(block.cidr())) {
            return;
        }
        for (int i = 0; i < block.except().size(); i++) {
            Path field = at.child("except").index(i);
            String except = block.except().get(i);
            Check.cidr(field, except, violations);
            if (Check.isCidr(except) && !CidrRange.of(except).isInside(CidrRange.of(block.cidr()))) {
                violations.invalid(field, except, "must be a strict subset of `cidr`");
            }
        }
    }
}
