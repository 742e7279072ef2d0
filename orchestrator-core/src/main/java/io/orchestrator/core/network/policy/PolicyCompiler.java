package io.orchestrator.core.network.policy;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.api.model.networking.IPBlock;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.api.model.networking.NetworkPolicyEgressRule;
import io.orchestrator.api.model.networking.NetworkPolicyIngressRule;
import io.orchestrator.api.model.networking.NetworkPolicyPeer;
import io.orchestrator.api.model.networking.NetworkPolicyPort;
import io.orchestrator.api.model.networking.PolicyType;
import io.orchestrator.core.network.address.Cidr;
import io.orchestrator.core.network.policy.Isolation.Allowance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What policies come to for the pods that there are: a pure function. A named port is that of the pod which receives; in ranges
 * of addresses it is that of the pods within.
 */
final class PolicyCompiler {
    private final List<NetworkPolicy> policies;
    private final List<Party> pods;
    private final List<Party> everyone;
    private final Map<String, Map<String, String>> namespaces;

    /**
     * @param pods that policies may be for
     * @param others that policies may allow traffic with, beside the pods
     * @param namespaces their labels, by name
     */
    PolicyCompiler(
            List<NetworkPolicy> policies,
            List<Party> pods,
            List<Party> others,
            Map<String, Map<String, String>> namespaces) {
        this.policies = policies;
        this.pods = pods;
        this.everyone = new ArrayList<>(pods);
        this.everyone.addAll(others);
        this.namespaces = namespaces;
    }

    PolicyTable compile() {
        Map<String, Isolation> byKey = new HashMap<>();
        Map<String, Isolation> ingress = new HashMap<>();
        Map<String, Isolation> egress = new HashMap<>();
        Map<Published, Isolation> published = new HashMap<>();
        for (Party pod : pods) {
            List<NetworkPolicy> chosen = policies.stream()
                    .filter(policy -> policy.metadata().namespace().equals(pod.namespace())
                            && policy.spec().podSelector().matches(pod.labels()))
                    .toList();
            List<NetworkPolicy> in = restricting(chosen, PolicyType.INGRESS);
            if (!in.isEmpty()) {
                String key = "in " + names(in) + namedPorts(in, pod);
                Isolation isolation = byKey.computeIfAbsent(key, each -> new Isolation(each, incoming(in, pod)));
                ingress.put(pod.address(), isolation);
                pod.published().forEach((port, own) -> published.put(port, isolation.at(port.protocol(), own)));
            }
            List<NetworkPolicy> out = restricting(chosen, PolicyType.EGRESS);
            if (!out.isEmpty()) {
                String key = "out " + names(out);
                egress.put(pod.address(), byKey.computeIfAbsent(key, each -> new Isolation(each, outgoing(out))));
            }
        }
        return new PolicyTable(ingress, egress, published);
    }

    private static List<NetworkPolicy> restricting(List<NetworkPolicy> policies, String type) {
        return policies.stream()
                .filter(policy -> policy.spec().policyTypes().contains(type))
                .toList();
    }

    private static String names(List<NetworkPolicy> policies) {
        return policies.stream()
                .map(policy ->
                        policy.metadata().namespace() + "/" + policy.metadata().name())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Pods that call different numbers the same are not allowed the same. */
    private static String namedPorts(List<NetworkPolicy> policies, Party pod) {
        return policies.stream()
                .flatMap(policy -> policy.spec().ingress().stream())
                .flatMap(rule -> rule.ports().stream())
                .filter(PolicyCompiler::isNamed)
                .map(port -> " " + number(port, pod).orElse(0))
                .collect(Collectors.joining());
    }

    private List<Allowance> incoming(List<NetworkPolicy> chosen, Party pod) {
        List<Allowance> allowed = new ArrayList<>();
        for (NetworkPolicy policy : chosen) {
            for (NetworkPolicyIngressRule rule : policy.spec().ingress()) {
                List<PortRange> ports = new ArrayList<>();
                rule.ports().forEach(port -> range(port, pod).ifPresent(ports::add));
                if (rule.ports().isEmpty() || !ports.isEmpty()) {
                    peers(policy, rule.from())
                            .forEach(peers -> allowed.add(new Allowance(peers, PortRange.merged(ports))));
                }
            }
        }
        return allowed;
    }

    private List<Allowance> outgoing(List<NetworkPolicy> chosen) {
        List<Allowance> allowed = new ArrayList<>();
        for (NetworkPolicy policy : chosen) {
            for (NetworkPolicyEgressRule rule : policy.spec().egress()) {
                List<PortRange> numbered = rule.ports().stream()
                        .filter(port -> !isNamed(port))
                        .map(PolicyCompiler::range)
                        .toList();
                List<NetworkPolicyPort> named =
                        rule.ports().stream().filter(PolicyCompiler::isNamed).toList();
                for (Peers peers : peers(policy, rule.to())) {
                    if (rule.ports().isEmpty() || !numbered.isEmpty()) {
                        allowed.add(new Allowance(peers, PortRange.merged(numbered)));
                    }
                    allowed.addAll(toNamed(named, peers));
                }
            }
        }
        return allowed;
    }

    private List<Allowance> toNamed(List<NetworkPolicyPort> named, Peers peers) {
        Map<PortRange, TreeSet<String>> addresses = new LinkedHashMap<>();
        for (NetworkPolicyPort port : named) {
            for (Party party : everyone) {
                if (peers.include(party.address())) {
                    range(port, party)
                            .ifPresent(range -> addresses
                                    .computeIfAbsent(range, each -> new TreeSet<>())
                                    .add(party.address()));
                }
            }
        }
        List<Allowance> allowed = new ArrayList<>();
        addresses.forEach((range, pods) -> allowed.add(new Allowance(new Peers.Pods(pods), List.of(range))));
        return allowed;
    }

    /** Those of one rule; ranges of IPv6 have no pods and no packets here. */
    private List<Peers> peers(NetworkPolicy policy, List<NetworkPolicyPeer> said) {
        if (said.isEmpty()) {
            return List.of(new Peers.Anyone());
        }
        List<Peers> peers = new ArrayList<>();
        TreeSet<String> pods = new TreeSet<>();
        for (NetworkPolicyPeer peer : said) {
            IPBlock block = peer.ipBlock();
            if (block != null) {
                Cidr.parse(block.cidr())
                        .ifPresent(range -> peers.add(new Peers.Block(
                                range,
                                block.except().stream()
                                        .flatMap(each -> Cidr.parse(each).stream())
                                        .toList())));
            } else {
                everyone.stream()
                        .filter(party -> isMeant(peer, policy, party))
                        .forEach(party -> pods.add(party.address()));
            }
        }
        if (!pods.isEmpty()) {
            peers.add(new Peers.Pods(pods));
        }
        return peers;
    }

    private boolean isMeant(NetworkPolicyPeer peer, NetworkPolicy policy, Party party) {
        LabelSelector in = peer.namespaceSelector();
        LabelSelector which = peer.podSelector();
        boolean there = in == null
                ? party.namespace().equals(policy.metadata().namespace())
                : in.matches(namespaces.getOrDefault(party.namespace(), Map.of()));
        return there && (which == null || which.matches(party.labels()));
    }

    private static boolean isNamed(NetworkPolicyPort port) {
        IntOrString said = port.port();
        return said != null && said.isText();
    }

    private static Optional<Integer> number(NetworkPolicyPort port, Party receiver) {
        return receiver.port(protocol(port), String.valueOf(port.port()));
    }

    private static Optional<PortRange> range(NetworkPolicyPort port, Party receiver) {
        return isNamed(port)
                ? number(port, receiver).map(number -> new PortRange(protocol(port), number, number))
                : Optional.of(range(port));
    }

    private static PortRange range(NetworkPolicyPort port) {
        IntOrString said = port.port();
        if (said == null) {
            return new PortRange(protocol(port), 0, PortRange.HIGHEST);
        }
        return new PortRange(protocol(port), said.number(), Objects.requireNonNullElse(port.endPort(), said.number()));
    }

    private static String protocol(NetworkPolicyPort port) {
        return Objects.requireNonNullElse(port.protocol(), Protocol.TCP);
    }
}
