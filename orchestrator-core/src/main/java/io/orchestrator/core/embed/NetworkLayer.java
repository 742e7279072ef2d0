package io.orchestrator.core.embed;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.control.loadbalancer.LoadBalancerReconciler;
import io.orchestrator.core.control.networkpolicy.UnenforcedPolicies;
import io.orchestrator.core.control.podroutes.PodRoutesReconciler;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.NodeNotice;
import io.orchestrator.core.network.ServiceProxyLoop;
import io.orchestrator.core.network.health.HealthPorts;
import io.orchestrator.core.network.policy.Locality;
import io.orchestrator.core.network.policy.Party;
import io.orchestrator.core.network.policy.PolicyEnforcement;
import io.orchestrator.core.network.policy.PolicyLoop;
import io.orchestrator.core.network.userspace.Admission;
import io.orchestrator.spi.network.LoadBalancers;
import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Services by address and by name, for the nodes of this machine: what carries them, what resolves them, what says so. */
final class NetworkLayer {
    private NetworkLayer() {}

    /** The controllers that a cluster's network needs beside those of Kubernetes. */
    static List<ControllerSpec> controllers(ClusterBuilder builder, ServiceNetwork network) {
        LoadBalancers given = builder.loadBalancers;
        List<ControllerSpec> controllers = new ArrayList<>();
        controllers.add(LoadBalancerReconciler.spec(given == null ? network.balancers() : given));
        controllers.add(PodRoutesReconciler.spec());
        String obstacle = network.policyObstacle();
        // Nodes that join tell for themselves.
        if (!obstacle.isEmpty() && !builder.nodes.isEmpty()) {
            controllers.add(UnenforcedPolicies.spec(obstacle));
        }
        return controllers;
    }

    /** Serves until the teardown. Returns how pods resolve the cluster's names. */
    static DnsSetup serve(
            ClusterBuilder builder,
            Client host,
            Client writer,
            ServiceNetwork network,
            SharedInformers informers,
            Environment environment,
            Teardown teardown) {
        Events events = teardown.add("events", new EventRecorder(writer, "service-proxy", environment));
        Set<String> held = Set.of();
        Service dns = null;
        if (builder.dns) {
            dns = DnsService.ensure(host, network.dnsAddress());
            held = Set.of(dns.spec().clusterIP());
        }
        String obstacle = network.policyObstacle();
        PolicyEnforcement policies = obstacle.isEmpty() ? network.policies(String.join("", held)) : null;
        if (policies != null) {
            teardown.add("network policies", policies);
        }
        ServiceNetwork.ServedBy served = network.proxy(
                builder.proxy,
                builder.balancing,
                environment,
                held,
                network,
                policies == null ? Admission.OPEN : policies,
                teardown);
        NodeNotice notice = teardown.add(
                "notice on nodes",
                new NodeNotice(
                        Set.copyOf(builder.nodes),
                        informers.informer(Node.TYPE),
                        writer,
                        () -> List.of(served.statement(), policies(policies == null ? obstacle : policies.failure())),
                        events,
                        environment));
        served.news().accept(notice::review);
        notice.start();
        teardown.add(
                        "service proxy loop",
                        new ServiceProxyLoop(
                                informers,
                                served.proxy(),
                                new HealthPorts(environment),
                                events,
                                environment,
                                Set.copyOf(builder.nodes)::contains,
                                notice::review))
                .start();
        if (policies != null) {
            teardown.add(
                            "network policy loop",
                            new PolicyLoop(
                                    informers,
                                    policies,
                                    Locality.of(Set.copyOf(builder.nodes)),
                                    peers(dns),
                                    events,
                                    environment,
                                    notice::review))
                    .start();
        }
        return dns == null
                ? DnsSetup.engineDefault()
                : DnsService.start(dns, builder.domain, network, informers, events, environment, teardown);
    }

    /** The cluster's DNS is no pod; policies that allow it, as everybody writes them, mean a pod with these labels. */
    static List<Party> peers(@Nullable Service dns) {
        if (dns == null) {
            return List.of();
        }
        Map<String, Integer> ports = new HashMap<>();
        dns.spec().ports().forEach(port -> ports.put(port.protocol() + "/" + port.name(), port.port()));
        return List.of(new Party(
                dns.metadata().namespace(), dns.metadata().labels(), dns.spec().clusterIP(), ports));
    }

    /** @param why policies are not in force; empty where they are */
    static NodeNotice.Statement policies(String why) {
        return why.isEmpty()
                ? new NodeNotice.Statement(
                        "NetworkPolicyEnforced", "True", "Nftables", "network policies are held by packet rules")
                : new NodeNotice.Statement(
                        "NetworkPolicyEnforced", "False", "NotSupported", "network policies have no effect: " + why);
    }
}
