package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.EndpointBuilder;
import io.orchestrator.api.model.discovery.EndpointPortBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.discovery.EndpointSliceBuilder;
import io.orchestrator.testkit.junit.Conformance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Services of each type, reached from every side. */
interface ReachContract extends NetworkRoom {

    @Test
    @Conformance({
        "[sig-network] Services should serve a basic endpoint from pods",
        "[sig-network] DNS should provide DNS for services",
        "[sig-network] DNS should resolve DNS of partial qualified names for services [LinuxOnly]",
        "[sig-network] Networking Granular Checks: Pods should function for intra-pod communication: http"
    })
    default void aServiceIsReachedByNameAndByAddressFromEveryNodeAndFromThisMachine() {
        String address = client().services().get("web").spec().clusterIP();
        answersHere(address, 80, NetworkScene.bothServers());
        assertThat(names().addresses("web.default.svc.cluster.local")).containsExactly(address);
        for (String node : NetworkScene.NODES) {
            answers("asks-" + node, "http://" + address, NetworkScene.bothServers());
            answers("asks-" + node, "http://web", NetworkScene.bothServers());
            answers("asks-" + node, "http://web.default", "web-node-1");
            answers("asks-" + node, "http://web.default.svc", "web-node-1");
            answers("asks-" + node, "http://web.default.svc.cluster.local", "web-node-2");
        }
    }

    @Test
    @Conformance("[sig-network] Services should be able to create a functioning NodePort service")
    default void aNodePortLeadsToAllPods() {
        client().create(Service.named("published")
                .selects("app", "web")
                .port(80, PodKit.PORT)
                .nodePort()
                .build());
        int port = client().services().get("published").spec().ports().get(0).nodePort();
        answersHere("127.0.0.1", port, NetworkScene.bothServers());
        for (String node : NetworkScene.NODES) {
            answers(
                    "asks-" + node,
                    "http://" + kit().hostAddress(cluster().id()) + ":" + port,
                    NetworkScene.bothServers());
            answers("asks-" + node, "http://published", NetworkScene.bothServers());
        }
    }

    @Test
    default void aServiceWithoutSelectorLeadsToAServerOutside() throws Exception {
        try (Here outside = Here.serve(kit().hostAddress(cluster().id()), "outside")) {
            client().create(Service.named("outside")
                    .port("http", 80, outside.port())
                    .build());
            client().create(EndpointSliceBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder()
                            .name("outside-1")
                            .labels(Map.of("kubernetes.io/service-name", "outside"))
                            .build())
                    .addressType("IPv4")
                    .endpoints(List.of(EndpointBuilder.builder()
                            .addresses(List.of(kit().hostAddress(cluster().id())))
                            .build()))
                    .ports(List.of(EndpointPortBuilder.builder()
                            .name("http")
                            .port(outside.port())
                            .protocol("TCP")
                            .build()))
                    .build());
            answersHere(client().services().get("outside").spec().clusterIP(), 80, "outside");
            answers("asks-node-2", "http://outside", "outside");
            client().resources(EndpointSlice.TYPE).delete("outside-1");
        }
    }

    @Test
    default void aLoadBalancersAddressIsAnnouncedAndServed() {
        client().create(Service.named("balanced")
                .selects("app", "web")
                .port(80, PodKit.PORT)
                .loadBalancer()
                .build());
        Service served = client().services()
                .await(
                        "balanced",
                        service -> !service.status().loadBalancer().ingress().isEmpty(),
                        "an address",
                        NetworkScene.PATIENCE);
        String address = served.status().loadBalancer().ingress().get(0).ip();
        answersHere(address, 80, NetworkScene.bothServers());
        answers("asks-node-1", "http://" + address, NetworkScene.bothServers());
        answers("asks-node-2", "http://balanced", NetworkScene.bothServers());
        client().services().delete("balanced");
        await().atMost(NetworkScene.PATIENCE).until(() -> NetworkScene.refuses(address, 80));
    }

    @Test
    @Conformance("[sig-network] Services should serve multiport endpoints from pods")
    default void aServiceHasSeveralPortsAndLeadsToNamedOnes() {
        client().create(kit().server("named-port")
                .label("app", "named")
                .podSpec(spec -> spec.containers(kit().server("x").build().spec().containers().stream()
                        .map(container -> container.with(change ->
                                change.ports(List.of(io.orchestrator.api.model.core.ContainerPortBuilder.builder()
                                        .name("web")
                                        .containerPort(PodKit.PORT)
                                        .build()))))
                        .toList()))
                .build());
        client().create(Service.named("ports")
                .selects("app", "named")
                .port("by-name", 80, "web")
                .port("by-number", 81, PodKit.PORT)
                .build());
        answers("asks-node-1", "http://ports", "named-port");
        answers("asks-node-2", "http://ports:81", "named-port");
        assertThat(names().ports("_by-number._tcp.ports.default.svc.cluster.local"))
                .containsExactly("81 ports.default.svc.cluster.local.");
    }

    @Test
    @Conformance({
        "[sig-network] Services should serve endpoints on same port and different protocols",
        "[sig-network] Networking Granular Checks: Pods should function for intra-pod communication: udp",
        "[sig-network] Networking Granular Checks: Pods should function for node-pod communication: http [LinuxOnly]",
        "[sig-network] Networking Granular Checks: Pods should function for node-pod communication: udp [LinuxOnly]"
    })
    default void datagramsAndConnectionsToTheSamePortGoTheirOwnWays() throws Exception {
        client().create(Service.named("both")
                .selects("app", "web")
                .port("stream", 80, PodKit.PORT)
                .port("datagram", 80, PodKit.PORT)
                .protocol(Protocol.UDP)
                .build());
        String address = client().services().get("both").spec().clusterIP();
        List<Datagrams> servers = new ArrayList<>();
        try {
            for (String name : NetworkScene.bothServers()) {
                Pod pod = client().pods().get(name);
                servers.add(Datagrams.serve(kit().within(pod), pod.status().podIP(), PodKit.PORT, name));
            }
            for (String name : NetworkScene.bothServers()) {
                String server = client().pods().get(name).status().podIP();
                assertThat(Here.get(server, PodKit.PORT)).endsWith("host=" + name);
                answersDatagrams(() -> Datagrams.ask(server, PodKit.PORT), name);
                for (String node : NetworkScene.NODES) {
                    List<String> within = kit().within(client().pods().get("asks-" + node));
                    answersDatagrams(() -> Datagrams.ask(within, server, PodKit.PORT), name);
                }
            }
            answersHere(address, 80, NetworkScene.bothServers());
            Set<String> found = new HashSet<>();
            List<String> within = kit().within(client().pods().get("asks-node-1"));
            await().atMost(NetworkScene.PATIENCE).until(() -> {
                found.add(Datagrams.ask(address, 80));
                found.add(Datagrams.ask(within, address, 80));
                return found.containsAll(List.of(NetworkScene.bothServers()));
            });
            client().services()
                    .edit(
                            "both",
                            old -> old.withSpec(old.spec()
                                    .with(spec -> spec.ports(old.spec().ports().stream()
                                            .filter(port -> port.name().equals("datagram"))
                                            .toList()))));
            await().atMost(NetworkScene.PATIENCE).until(() -> NetworkScene.refuses(address, 80));
            answersDatagrams(() -> Datagrams.ask(address, 80), NetworkScene.bothServers());
        } finally {
            servers.forEach(Datagrams::close);
        }
        client().services().delete("both");
    }

    /** A datagram, or its answer, may be lost, or late on a busy machine: then another one is sent. */
    private static void answersDatagrams(Callable<String> ask, String... names) {
        await().atMost(NetworkScene.PATIENCE).until(ask, said -> List.of(names).contains(said));
    }

    @Test
    @Conformance({
        "[sig-network] Services should be able to change the type from ExternalName to NodePort",
        "[sig-network] Services should be able to change the type from NodePort to ExternalName"
    })
    default void anExternalNameMayBecomeANodePortAndBack() {
        client().create(Service.named("turncoat")
                .externalName("elsewhere.example")
                .build());
        client().services()
                .edit(
                        "turncoat",
                        old -> Service.named("turncoat")
                                .selects("app", "web")
                                .port(80, PodKit.PORT)
                                .nodePort()
                                .build()
                                .withMetadata(old.metadata()));
        Service published = client().services().get("turncoat");
        int port = published.spec().ports().get(0).nodePort();
        answersHere("127.0.0.1", port, NetworkScene.bothServers());
        answers("asks-node-1", "http://turncoat", NetworkScene.bothServers());
        client().services()
                .edit(
                        "turncoat",
                        old -> Service.named("turncoat")
                                .externalName("elsewhere.example")
                                .build()
                                .withMetadata(old.metadata()));
        await().atMost(NetworkScene.PATIENCE)
                .untilAsserted(() -> assertThat(names().alias("turncoat.default.svc.cluster.local"))
                        .containsExactly("elsewhere.example."));
        await().atMost(NetworkScene.PATIENCE).until(() -> NetworkScene.refuses("127.0.0.1", port));
    }

    @Test
    default void theNodesSayWhatServesTheirServicesAndWhetherPoliciesAreInForce() {
        for (String node : NetworkScene.NODES) {
            await().atMost(NetworkScene.PATIENCE).untilAsserted(() -> {
                assertThat(client().nodes().get(node).status().condition("ServiceProxyReady"))
                        .hasValueSatisfying(
                                condition -> assertThat(condition.reason()).isEqualTo(proxy()));
                assertThat(client().nodes().get(node).status().condition("NetworkPolicyEnforced"))
                        .hasValueSatisfying(
                                condition -> assertThat(condition.status()).isEqualTo(policies()));
            });
        }
    }
}
