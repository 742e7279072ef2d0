package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ExecResult;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.HostAlias;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDNSConfig;
import io.orchestrator.api.model.core.PodDNSConfigOption;
import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.discovery.EndpointBuilder;
import io.orchestrator.api.model.discovery.EndpointPortBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.discovery.EndpointSliceBuilder;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.testkit.junit.Conformance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What clients inside and outside find of services, on a cluster of two nodes. A subclass says what runs and what serves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
abstract class NetworkContract {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> NODES = List.of("node-1", "node-2");

    private final Supplier<PodKit> kits;
    PodKit kit;
    Cluster cluster;
    Client client;

    NetworkContract(Supplier<PodKit> kits) {
        this.kits = kits;
    }

    abstract ClusterBuilder configured(ClusterBuilder builder);

    @BeforeAll
    void start() {
        kit = kits.get();
        cluster = configured(Cluster.builder())
                .nodes(NODES.size())
                .podGrace(Duration.ofSeconds(2))
                .start();
        client = cluster.client();
        for (String node : NODES) {
            client.create(
                    kit.server("web-" + node).label("app", "web").nodeName(node).build());
            client.create(kit.client("asks-" + node).nodeName(node).build());
        }
        client.create(Service.named("web")
                .selects("app", "web")
                .port("http", 80, PodKit.PORT)
                .build());
        for (String node : NODES) {
            client.pods().awaitReady("web-" + node, PATIENCE);
            client.pods().awaitReady("asks-" + node, PATIENCE);
        }
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** What the pod gets when it asks this URL. */
    final String fetch(String pod, String url) {
        ExecResult result =
                client.pods().run(pod, Duration.ofSeconds(30), kit.fetch(url).toArray(new String[0]));
        return result.stdout().strip();
    }

    final String run(String pod, String... command) {
        ExecResult result = client.pods().run(pod, Duration.ofSeconds(30), command);
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        return result.stdout();
    }

    /** Until each of these has answered to the pod, and nobody else does. */
    final void answers(String pod, String url, String... hosts) {
        Set<String> found = new HashSet<>();
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            found.add(fetch(pod, url).replaceFirst(".*host=", ""));
            assertThat(found).contains(hosts);
        });
    }

    /** The same from this machine. */
    final void answersHere(String address, int port, String... hosts) {
        Set<String> found = new HashSet<>();
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            found.add(Here.get(address, port).replaceFirst(".*host=", ""));
            assertThat(found).contains(hosts);
        });
    }

    final Names names() {
        return new Names(client.inNamespace("kube-system")
                .services()
                .get("kube-dns")
                .spec()
                .clusterIP());
    }

    static String[] bothServers() {
        return new String[] {"web-node-1", "web-node-2"};
    }

    @Test
    @Conformance({
        "[sig-network] Services should serve a basic endpoint from pods",
        "[sig-network] DNS should provide DNS for services",
        "[sig-network] DNS should resolve DNS of partial qualified names for services [LinuxOnly]",
        "[sig-network] Networking Granular Checks: Pods should function for intra-pod communication: http"
    })
    void aServiceIsReachedByNameAndByAddressFromEveryNodeAndFromThisMachine() {
        String address = client.services().get("web").spec().clusterIP();
        answersHere(address, 80, bothServers());
        assertThat(names().addresses("web.default.svc.cluster.local")).containsExactly(address);
        for (String node : NODES) {
            answers("asks-" + node, "http://" + address, bothServers());
            answers("asks-" + node, "http://web", bothServers());
            answers("asks-" + node, "http://web.default", "web-node-1");
            answers("asks-" + node, "http://web.default.svc", "web-node-1");
            answers("asks-" + node, "http://web.default.svc.cluster.local", "web-node-2");
        }
    }

    @Test
    @Conformance("[sig-network] Services should be able to create a functioning NodePort service")
    void aNodePortLeadsToAllPods() {
        client.create(Service.named("published")
                .selects("app", "web")
                .port(80, PodKit.PORT)
                .nodePort()
                .build());
        int port = client.services().get("published").spec().ports().get(0).nodePort();
        answersHere("127.0.0.1", port, bothServers());
        answers("asks-node-1", "http://" + kit.hostAddress(cluster.id()) + ":" + port, bothServers());
    }

    @Test
    @Conformance({
        "[sig-network] DNS should provide DNS for pods for Hostname",
        "[sig-network] DNS should provide DNS for pods for Subdomain"
    })
    void thePeersOfAStatefulSetFindEachOtherByName() {
        Pod server = kit.server("x").build();
        client.create(Service.named("peers")
                .selects("app", "peer")
                .port("http", PodKit.PORT, PodKit.PORT)
                .headless()
                .build());
        client.create(StatefulSet.named("peer")
                .label("app", "peer")
                .replicas(2)
                .service("peers")
                .spec(spec -> spec.podManagementPolicy("Parallel"))
                .podSpec(spec -> spec.containers(server.spec().containers()).terminationGracePeriodSeconds(1L))
                .build());
        client.pods().awaitReady("peer-0", PATIENCE);
        client.pods().awaitReady("peer-1", PATIENCE);
        String url = "http://peer-%d.peers.default.svc.cluster.local:" + PodKit.PORT;
        answers("peer-0", url.formatted(1), "peer-1");
        answers("peer-1", url.formatted(0), "peer-0");
        answers("asks-node-1", "http://peer-1.peers:" + PodKit.PORT, "peer-1");
        List<String> addresses = List.of(
                client.pods().get("peer-0").status().podIP(),
                client.pods().get("peer-1").status().podIP());
        assertThat(names().addresses("peers.default.svc.cluster.local")).containsExactlyInAnyOrderElementsOf(addresses);
        assertThat(names().ports("_http._tcp.peers.default.svc.cluster.local"))
                .containsExactlyInAnyOrder(
                        PodKit.PORT + " peer-0.peers.default.svc.cluster.local.",
                        PodKit.PORT + " peer-1.peers.default.svc.cluster.local.");
        client.resources(StatefulSet.TYPE).delete("peer");
    }

    @Test
    @Conformance({
        "[sig-network] DNS should provide DNS for ExternalName services",
        "[sig-network] Services should be able to change the type from ExternalName to ClusterIP",
        "[sig-network] Services should be able to change the type from ClusterIP to ExternalName"
    })
    void anExternalNameIsAnAliasAndMayBecomeAServiceAndBack() {
        client.create(Service.named("alias")
                .externalName("web.default.svc.cluster.local")
                .build());
        answers("asks-node-1", "http://alias", bothServers());
        String name = "alias.default.svc.cluster.local";
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(names().alias(name)).containsExactly("web.default.svc.cluster.local."));

        client.services()
                .edit(
                        "alias",
                        old -> Service.named("alias")
                                .selects("app", "web")
                                .port(80, PodKit.PORT)
                                .build()
                                .withMetadata(old.metadata()));
        String address = client.services().get("alias").spec().clusterIP();
        assertThat(address).isNotEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(names().addresses(name)).containsExactly(address));
        answers("asks-node-2", "http://alias", bothServers());

        client.services()
                .edit(
                        "alias",
                        old -> old.withSpec(ServiceSpecBuilder.builder()
                                .type("ExternalName")
                                .externalName("elsewhere.example")
                                .build()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(names().alias(name)).containsExactly("elsewhere.example."));
        assertThat(client.services().get("alias").spec().clusterIP()).isEmpty();
    }

    @Test
    void aServiceWithoutSelectorLeadsToAServerOutside() throws Exception {
        try (Here outside = Here.serve(kit.hostAddress(cluster.id()), "outside")) {
            client.create(
                    Service.named("outside").port("http", 80, outside.port()).build());
            client.create(EndpointSliceBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder()
                            .name("outside-1")
                            .labels(Map.of("kubernetes.io/service-name", "outside"))
                            .build())
                    .addressType("IPv4")
                    .endpoints(List.of(EndpointBuilder.builder()
                            .addresses(List.of(kit.hostAddress(cluster.id())))
                            .build()))
                    .ports(List.of(EndpointPortBuilder.builder()
                            .name("http")
                            .port(outside.port())
                            .protocol("TCP")
                            .build()))
                    .build());
            answersHere(client.services().get("outside").spec().clusterIP(), 80, "outside");
            answers("asks-node-2", "http://outside", "outside");
            client.resources(EndpointSlice.TYPE).delete("outside-1");
        }
    }

    @Test
    @Conformance({
        "[sig-network] DNS should provide DNS for the cluster",
        "[sig-network] DNS should provide /etc/hosts entries for the cluster"
    })
    void podsKnowWhomToAskAndTheirOwnName() {
        String resolver = run("asks-node-1", "cat", "/etc/resolv.conf");
        assertThat(resolver.lines().map(String::strip))
                .contains("nameserver " + names().server(), "options ndots:5")
                .anyMatch(line -> line.startsWith("search default.svc.cluster.local svc.cluster.local cluster.local"));
        assertThat(run("asks-node-1", "cat", "/etc/hosts"))
                .contains("localhost", client.pods().get("asks-node-1").status().podIP(), "asks-node-1");
        assertThat(names().addresses("kube-dns.kube-system.svc.cluster.local")).containsExactly(names().server());
    }

    @Test
    @Conformance({
        "[sig-network] DNS should support configurable pod DNS nameservers",
        "[sig-node] Kubelet when scheduling an agnhost Pod with hostAliases should write entries to /etc/hosts"
    })
    void aPodMaySayItselfWhomItAsksAndWhatItNeedNotAsk() {
        client.create(kit.client("particular")
                .podSpec(spec -> spec.dnsPolicy("None")
                        .dnsConfig(new PodDNSConfig(
                                List.of("192.0.2.53"),
                                List.of("resolv.example"),
                                List.of(new PodDNSConfigOption("ndots", "2"))))
                        .hostAliases(List.of(new HostAlias("192.0.2.9", List.of("foo.local", "bar.local")))))
                .build());
        client.pods().awaitReady("particular", PATIENCE);
        List<String> lines = new ArrayList<>();
        run("particular", "cat", "/etc/resolv.conf").lines().map(String::strip).forEach(lines::add);
        assertThat(lines).contains("nameserver 192.0.2.53", "search resolv.example", "options ndots:2");
        assertThat(run("particular", "cat", "/etc/hosts")).contains("192.0.2.9", "foo.local", "bar.local");
    }

    @Test
    void aPodIsKnownByItsAddress() {
        String address = client.pods().get("web-node-1").status().podIP();
        assertThat(names().addresses(address.replace('.', '-') + ".default.pod.cluster.local"))
                .containsExactly(address);
    }

    @Test
    void aLoadBalancersAddressIsAnnouncedAndServed() {
        client.create(Service.named("balanced")
                .selects("app", "web")
                .port(80, PodKit.PORT)
                .loadBalancer()
                .build());
        Service served = client.services()
                .await(
                        "balanced",
                        service -> !service.status().loadBalancer().ingress().isEmpty(),
                        "an address",
                        PATIENCE);
        String address = served.status().loadBalancer().ingress().get(0).ip();
        answersHere(address, 80, bothServers());
        answers("asks-node-1", "http://" + address, bothServers());
        answers("asks-node-2", "http://balanced", bothServers());
        client.services().delete("balanced");
        await().atMost(PATIENCE).until(() -> refuses(address, 80));
    }

    /** Whether nobody answers there: neither a pod, nor somebody beyond this machine. */
    private static boolean refuses(String address, int port) {
        try {
            Here.get(address, port);
            return false;
        } catch (java.io.IOException e) {
            return true;
        }
    }

    @Test
    @Conformance({
        "[sig-network] Services should have session affinity work for service with type clusterIP [LinuxOnly]",
        "[sig-network] Services should be able to switch session affinity for service with type clusterIP [LinuxOnly]"
    })
    void aClientStaysWithItsPodWhileTheServiceSaysSo() throws Exception {
        client.create(Service.named("sticky")
                .selects("app", "web")
                .port(80, PodKit.PORT)
                .sticky()
                .build());
        String address = client.services().get("sticky").spec().clusterIP();
        await().atMost(PATIENCE).until(() -> !refuses(address, 80));
        assertThat(whoAnswers(address, 80, 12)).hasSize(1);
        client.services()
                .edit(
                        "sticky",
                        old -> old.withSpec(ServiceSpecBuilder.builder(old.spec())
                                .sessionAffinity("None")
                                .sessionAffinityConfig(null)
                                .build()));
        answersHere(address, 80, bothServers());
        client.services()
                .edit(
                        "sticky",
                        old -> old.withSpec(ServiceSpecBuilder.builder(old.spec())
                                .sessionAffinity("ClientIP")
                                .build()));
        await().atMost(PATIENCE).until(() -> whoAnswers(address, 80, 12).size() == 1);
    }

    @Test
    @Conformance({
        "[sig-network] Services should have session affinity work for NodePort service [LinuxOnly]",
        "[sig-network] Services should be able to switch session affinity for NodePort service [LinuxOnly]"
    })
    void affinityHoldsForNodePortsToo() throws Exception {
        client.create(Service.named("sticky-port")
                .selects("app", "web")
                .port(80, PodKit.PORT)
                .nodePort()
                .sticky()
                .build());
        int port = client.services().get("sticky-port").spec().ports().get(0).nodePort();
        await().atMost(PATIENCE).until(() -> !refuses("127.0.0.1", port));
        assertThat(whoAnswers("127.0.0.1", port, 12)).hasSize(1);
        client.services()
                .edit(
                        "sticky-port",
                        old -> old.withSpec(ServiceSpecBuilder.builder(old.spec())
                                .sessionAffinity("None")
                                .sessionAffinityConfig(null)
                                .build()));
        answersHere("127.0.0.1", port, bothServers());
    }

    private static Set<String> whoAnswers(String address, int port, int times) throws java.io.IOException {
        Set<String> found = new HashSet<>();
        for (int i = 0; i < times; i++) {
            found.add(Here.get(address, port).replaceFirst(".*host=", ""));
        }
        return found;
    }

    @Test
    @Conformance("[sig-network] Services should serve multiport endpoints from pods")
    void aServiceHasSeveralPortsAndLeadsToNamedOnes() {
        client.create(kit.server("named-port")
                .label("app", "named")
                .podSpec(spec -> spec.containers(kit.server("x").build().spec().containers().stream()
                        .map(container -> container.with(change ->
                                change.ports(List.of(io.orchestrator.api.model.core.ContainerPortBuilder.builder()
                                        .name("web")
                                        .containerPort(PodKit.PORT)
                                        .build()))))
                        .toList()))
                .build());
        client.create(Service.named("ports")
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
    void theNodesSayWhatServesTheirServicesAndWhetherPoliciesAreInForce() {
        for (String node : NODES) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(client.nodes().get(node).status().condition("ServiceProxyReady"))
                        .hasValueSatisfying(
                                condition -> assertThat(condition.reason()).isEqualTo(proxy()));
                assertThat(client.nodes().get(node).status().condition("NetworkPolicyEnforced"))
                        .hasValueSatisfying(
                                condition -> assertThat(condition.status()).isEqualTo(policies()));
            });
        }
    }

    /** The reason of the condition that says which proxy serves. */
    abstract String proxy();

    @Test
    @Conformance({
        "[sig-network] Services should serve endpoints on same port and different protocols",
        "[sig-network] Networking Granular Checks: Pods should function for intra-pod communication: udp",
        "[sig-network] Networking Granular Checks: Pods should function for node-pod communication: http [LinuxOnly]",
        "[sig-network] Networking Granular Checks: Pods should function for node-pod communication: udp [LinuxOnly]"
    })
    void datagramsAndConnectionsToTheSamePortGoTheirOwnWays() throws Exception {
        client.create(Service.named("both")
                .selects("app", "web")
                .port("stream", 80, PodKit.PORT)
                .port("datagram", 80, PodKit.PORT)
                .protocol(Protocol.UDP)
                .build());
        String address = client.services().get("both").spec().clusterIP();
        List<Datagrams> servers = new ArrayList<>();
        try {
            for (String name : bothServers()) {
                Pod pod = client.pods().get(name);
                servers.add(Datagrams.serve(kit.within(pod), pod.status().podIP(), PodKit.PORT, name));
            }
            for (String name : bothServers()) {
                String server = client.pods().get(name).status().podIP();
                assertThat(Here.get(server, PodKit.PORT)).endsWith("host=" + name);
                assertThat(Datagrams.ask(server, PodKit.PORT)).isEqualTo(name);
                for (String node : NODES) {
                    List<String> within = kit.within(client.pods().get("asks-" + node));
                    assertThat(Datagrams.ask(within, server, PodKit.PORT)).isEqualTo(name);
                }
            }
            answersHere(address, 80, bothServers());
            Set<String> found = new HashSet<>();
            List<String> within = kit.within(client.pods().get("asks-node-1"));
            await().atMost(PATIENCE).until(() -> {
                found.add(Datagrams.ask(address, 80));
                found.add(Datagrams.ask(within, address, 80));
                return found.containsAll(List.of(bothServers()));
            });
            client.services()
                    .edit(
                            "both",
                            old -> old.withSpec(old.spec()
                                    .with(spec -> spec.ports(old.spec().ports().stream()
                                            .filter(port -> port.name().equals("datagram"))
                                            .toList()))));
            await().atMost(PATIENCE).until(() -> refuses(address, 80));
            assertThat(Datagrams.ask(address, 80)).isIn((Object[]) bothServers());
        } finally {
            servers.forEach(Datagrams::close);
        }
        client.services().delete("both");
    }

    @Test
    @Conformance({
        "[sig-network] Services should be able to change the type from ExternalName to NodePort",
        "[sig-network] Services should be able to change the type from NodePort to ExternalName"
    })
    void anExternalNameMayBecomeANodePortAndBack() {
        client.create(
                Service.named("turncoat").externalName("elsewhere.example").build());
        client.services()
                .edit(
                        "turncoat",
                        old -> Service.named("turncoat")
                                .selects("app", "web")
                                .port(80, PodKit.PORT)
                                .nodePort()
                                .build()
                                .withMetadata(old.metadata()));
        Service published = client.services().get("turncoat");
        int port = published.spec().ports().get(0).nodePort();
        answersHere("127.0.0.1", port, bothServers());
        answers("asks-node-1", "http://turncoat", bothServers());
        client.services()
                .edit(
                        "turncoat",
                        old -> Service.named("turncoat")
                                .externalName("elsewhere.example")
                                .build()
                                .withMetadata(old.metadata()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(names().alias("turncoat.default.svc.cluster.local"))
                        .containsExactly("elsewhere.example."));
        await().atMost(PATIENCE).until(() -> refuses("127.0.0.1", port));
    }

    /** The status of the condition that says whether network policies are in force. */
    abstract String policies();

    @Test
    void aRollingUpdateOfTenReplicasFailsNoRequestOf32Connections() throws Exception {
        Pod server = kit.server("x").build();
        client.create(Deployment.named("busy")
                .label("app", "busy")
                .replicas(10)
                .podSpec(spec ->
                        spec.containers(kit.lasting(server).spec().containers()).terminationGracePeriodSeconds(20L))
                .build());
        client.create(Service.named("busy")
                .selects("app", "busy")
                .port(80, PodKit.PORT)
                .build());
        client.deployments().awaitAvailable("busy", PATIENCE);
        String address = client.services().get("busy").spec().clusterIP();
        await().atMost(PATIENCE).until(() -> !refuses(address, 80));
        try (Visitors visitors = Visitors.start(32, address, 80)) {
            client.deployments()
                    .edit(
                            "busy",
                            old -> old.withSpec(old.spec()
                                    .with(spec -> spec.template(old.spec()
                                            .template()
                                            .with(template -> template.metadata(old.spec()
                                                    .template()
                                                    .metadata()
                                                    .withAnnotation("again", "1")))))));
            await().atMost(Duration.ofSeconds(150)).until(() -> isRolledOut("busy"));
            visitors.close();
            assertThat(visitors.failures()).isEmpty();
            assertThat(visitors.answered()).isGreaterThan(100);
        }
        client.deployments().delete("busy");
    }

    /** Whether a client of a pod that dies is led past it from then on; packet rules learn of it from the pod's status alone. */
    boolean passesOverTheDead() {
        return proxy().equals("UserSpace");
    }

    @Test
    void ofAPodThatIsKilledOnlyTheRequestsInFlightFail() throws Exception {
        Pod server = kit.server("x").build();
        client.create(Deployment.named("mortal")
                .label("app", "mortal")
                .replicas(3)
                .podSpec(spec -> spec.containers(server.spec().containers()).terminationGracePeriodSeconds(1L))
                .build());
        client.create(Service.named("mortal")
                .selects("app", "mortal")
                .port(80, PodKit.PORT)
                .build());
        client.deployments().awaitAvailable("mortal", PATIENCE);
        String address = client.services().get("mortal").spec().clusterIP();
        await().atMost(PATIENCE).until(() -> !refuses(address, 80));
        Pod victim = client.pods().list().items().stream()
                .filter(pod -> pod.metadata().name().startsWith("mortal-"))
                .findFirst()
                .orElseThrow();
        int visiting = 32;
        try (Visitors visitors = Visitors.start(visiting, address, 80)) {
            await().atMost(PATIENCE).until(() -> visitors.answered() > 100);
            assertThat(visitors.failures()).isEmpty();
            kit.kill(victim);
            await().atMost(PATIENCE)
                    .until(() -> client.pods()
                                    .get(victim.metadata().name())
                                    .status()
                                    .containerStatuses()
                                    .get(0)
                                    .restartCount()
                            > 0);
            client.pods().awaitReady(victim.metadata().name(), PATIENCE);
            long answered = visitors.answered();
            await().atMost(PATIENCE).until(() -> visitors.answered() > answered + 100);
            visitors.close();
            if (passesOverTheDead()) {
                assertThat(visitors.failures()).hasSizeLessThanOrEqualTo(visiting);
            }
        }
        client.deployments().delete("mortal");
    }

    private boolean isRolledOut(String name) {
        Deployment now = client.deployments().get(name);
        return now.status().observedGeneration() >= now.metadata().generation()
                && now.status().updatedReplicas() == now.spec().replicas()
                && now.status().availableReplicas() == now.spec().replicas()
                && now.status().replicas() == now.spec().replicas();
    }
}
