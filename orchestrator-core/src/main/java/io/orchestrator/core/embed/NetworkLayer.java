package io.orchestrator.core.embed;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.control.loadbalancer.LoadBalancerReconciler;
import io.orchestrator.core.control.networkpolicy.UnenforcedPolicies;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.NodeNotice;
import io.orchestrator.core.network.ServiceProxyLoop;
import io.orchestrator.spi.network.LoadBalancers;
import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import java.util.List;
import java.util.Set;

/** Services by address and by name, for the nodes of this machine: what carries them, what resolves them, what says so. */
final class NetworkLayer {
    private static final String NO_POLICIES = "nothing on this machine enforces network policies";

    private NetworkLayer() {}

    /** The controllers that a cluster's network needs beside those of Kubernetes. */
    static List<ControllerSpec> controllers(ClusterBuilder builder, ServiceNetwork network) {
        LoadBalancers given = builder.loadBalancers;
        return List.of(
                LoadBalancerReconciler.spec(given == null ? network.balancers() : given),
                UnenforcedPolicies.spec(NO_POLICIES));
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
        ServiceNetwork.ServedBy served = network.proxy(builder.proxy, environment, held, teardown);
        NodeNotice notice = teardown.add(
                "notice on nodes",
                new NodeNotice(
                        Set.copyOf(builder.nodes),
                        informers,
                        writer,
                        () -> List.of(served.statement(), policies()),
                        environment));
        notice.start();
        teardown.add(
                        "service proxy loop",
                        new ServiceProxyLoop(
                                informers,
                                served.proxy(),
                                events,
                                environment,
                                Set.copyOf(builder.nodes)::contains,
                                notice::review))
                .start();
        return dns == null
                ? DnsSetup.engineDefault()
                : DnsService.start(dns, builder.domain, network, informers, events, environment, teardown);
    }

    private static NodeNotice.Statement policies() {
        return new NodeNotice.Statement("NetworkPolicyEnforced", "False", "NotSupported", NO_POLICIES);
    }
}
