package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.WellKnownAnnotations;
import io.orchestrator.api.model.core.ContainerPortBuilder;
import io.orchestrator.api.model.core.NamespaceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.EndpointBuilder;
import io.orchestrator.api.model.discovery.EndpointPortBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.discovery.EndpointSliceBuilder;
import io.orchestrator.api.model.networking.IPBlock;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.api.model.networking.NetworkPolicyBuilder;
import io.orchestrator.api.model.networking.NetworkPolicyEgressRule;
import io.orchestrator.api.model.networking.NetworkPolicyIngressRule;
import io.orchestrator.api.model.networking.NetworkPolicyPeer;
import io.orchestrator.api.model.networking.NetworkPolicyPort;
import io.orchestrator.api.model.networking.NetworkPolicySpecBuilder;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;
import io.orchestrator.testkit.network.FreePort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What network policies do to pods that are containers, over packet rules and, for a service that is left to it, user space: a server with
 * two ports, two who ask, and one in another namespace.
 */
@RequiresDocker
@RequiresRoot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class NetworkPolicyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SECOND_PORT = 8081;

    private final DockerKit kit = new DockerKit();
    private Cluster cluster;
    private Client client;
    private Client elsewhere;
    private String server;
    private String guarded;

    @BeforeAll
    void start() {
        cluster = Cluster.builder()
                .named("policies")
                .serviceProxy(ProxyMode.NFTABLES)
                .runtime(kit.runtime())
                .podGrace(Duration.ofSeconds(2))
                .start();
        client = cluster.client();
        client.namespaces()
                .create(NamespaceBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .name("elsewhere")
                                .labels(Map.of("team", "other"))
                                .build())
                        .build());
        elsewhere = client.inNamespace("elsewhere");
        client.create(kit.server("server")
                .label("app", "server")
                .annotation(WellKnownAnnotations.DEFAULT_CONTAINER, "main")
                .container(
                        "second",
                        "busybox:1.36",
                        c -> c.command("sh", "-c", "echo host=second > /tmp/index.html; exec httpd -f -p 8081 -h /tmp"))
                .build());
        client.create(kit.client("friend").label("role", "friend").build());
        client.create(kit.client("stranger").label("role", "stranger").build());
        elsewhere.create(kit.client("guest").label("role", "friend").build());
        client.create(Service.named("server")
                .selects("app", "server")
                .port(80, PodKit.PORT)
                .build());
        Service open = Service.named("guarded")
                .selects("app", "server")
                .port(80, PodKit.PORT)
                .loadBalancer()
                .build();
        client.create(open.withSpec(
                open.spec().with(spec -> spec.loadBalancerSourceRanges(List.of("0.0.0.0/1", "128.0.0.0/1")))));
        client.create(nobodyOnLoopback());
        for (String pod : List.of("server", "friend", "stranger")) {
            client.pods().awaitReady(pod, PATIENCE);
        }
        elsewhere.pods().awaitReady("guest", PATIENCE);
        server = client.pods().get("server").status().podIP();
        Service served = client.services()
                .await(
                        "guarded",
                        service -> !service.status().loadBalancer().ingress().isEmpty(),
                        "an address",
                        PATIENCE);
        guarded = served.status().loadBalancer().ingress().get(0).ip();
        await().atMost(PATIENCE).until(() -> reaches(client, "friend", "http://server"));
    }

    /** Which of its endpoints a client reaches depends on where it is: so the service is left to user space, which tries both. */
    private static EndpointSlice nobodyOnLoopback() {
        return EndpointSliceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("guarded-nobody")
                        .labels(Map.of("kubernetes.io/service-name", "guarded"))
                        .build())
                .addressType("IPv4")
                .endpoints(List.of(EndpointBuilder.builder()
                        .addresses(List.of("127.0.0.1"))
                        .build()))
                .ports(List.of(EndpointPortBuilder.builder()
                        .name("")
                        .port(9)
                        .protocol("TCP")
                        .build()))
                .build();
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void withoutPoliciesEverybodyReachesEverything() {
        client.resources(NetworkPolicy.TYPE)
                .list()
                .items()
                .forEach(policy -> client.resources(NetworkPolicy.TYPE)
                        .delete(policy.metadata().name()));
        reached(client, "stranger", direct(PodKit.PORT));
        reached(client, "friend", "http://server");
    }

    private String direct(int port) {
        return "http://" + server + ":" + port;
    }

    private static boolean reaches(Client from, String pod, String url) {
        return from.pods()
                        .run(pod, Duration.ofSeconds(60), "timeout", "2", "wget", "-qO-", url)
                        .exitCode()
                == 0;
    }

    private static void reached(Client from, String pod, String url) {
        await().atMost(PATIENCE).until(() -> reaches(from, pod, url));
    }

    private static void kept(Client from, String pod, String url) {
        await().atMost(PATIENCE).until(() -> !reaches(from, pod, url));
    }

    private void policy(String name, LabelSelector pods, java.util.function.Consumer<NetworkPolicySpecBuilder> spec) {
        NetworkPolicySpecBuilder builder = NetworkPolicySpecBuilder.builder().podSelector(pods);
        spec.accept(builder);
        client.create(NetworkPolicyBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .spec(builder.build())
                .build());
    }

    private static LabelSelector labelled(String key, String value) {
        return LabelSelector.of(Map.of(key, value));
    }

    private static NetworkPolicyPeer pods(LabelSelector pods) {
        return new NetworkPolicyPeer(pods, null, null);
    }

    private static NetworkPolicyPeer block(String cidr, String... except) {
        return new NetworkPolicyPeer(null, null, new IPBlock(cidr, List.of(except)));
    }

    private static NetworkPolicyPort port(String protocol, IntOrString port) {
        return new NetworkPolicyPort(protocol, port, null);
    }

    @Test
    void aPodThatIsChosenGetsNothingButWhatIsAllowedAndTheNodeReachesItAllTheSame() throws Exception {
        policy("deny", LabelSelector.EMPTY, spec -> spec.policyTypes(List.of("Ingress")));
        kept(client, "stranger", direct(PodKit.PORT));
        assertThat(reaches(client, "friend", "http://server"))
                .as("by the service")
                .isFalse();
        assertThat(reaches(client, "friend", "http://" + guarded))
                .as("by user space")
                .isFalse();
        assertThat(Here.get(server, PodKit.PORT)).contains("host=server");
        assertThat(Here.get(client.services().get("server").spec().clusterIP(), 80))
                .contains("host=server");
        assertThat(Here.get(guarded, 80)).contains("host=server");
        assertThat(client.pods()
                        .run("server", PATIENCE, "wget", "-qO-", "http://127.0.0.1:8080")
                        .exitCode())
                .isZero();

        policy(
                "friends",
                labelled("app", "server"),
                spec -> spec.ingress(
                        List.of(new NetworkPolicyIngressRule(List.of(), List.of(pods(labelled("role", "friend")))))));
        reached(client, "friend", direct(PodKit.PORT));
        reached(client, "friend", "http://server");
        reached(client, "friend", "http://" + guarded);
        assertThat(reaches(client, "stranger", direct(PodKit.PORT))).isFalse();
        assertThat(reaches(client, "stranger", "http://server")).isFalse();
        assertThat(reaches(client, "stranger", "http://" + guarded)).isFalse();
        assertThat(reaches(elsewhere, "guest", direct(PodKit.PORT)))
                .as("same labels, other namespace")
                .isFalse();
    }

    @Test
    void namespacesAreChosenByTheirLabelsAndPortsByNumberOrRange() {
        policy(
                "guests",
                labelled("app", "server"),
                spec -> spec.ingress(List.of(
                        new NetworkPolicyIngressRule(
                                List.of(port("TCP", IntOrString.of(SECOND_PORT))),
                                List.of(new NetworkPolicyPeer(
                                        labelled("role", "friend"), labelled("team", "other"), null))),
                        new NetworkPolicyIngressRule(
                                List.of(new NetworkPolicyPort("TCP", IntOrString.of(8000), 8080)),
                                List.of(pods(labelled("role", "stranger")))))));
        kept(client, "friend", direct(PodKit.PORT));
        reached(elsewhere, "guest", direct(SECOND_PORT));
        assertThat(reaches(elsewhere, "guest", direct(PodKit.PORT))).isFalse();
        reached(client, "stranger", direct(PodKit.PORT));
        assertThat(reaches(client, "stranger", direct(SECOND_PORT))).isFalse();
    }

    @Test
    void whatGoesOutIsRestrictedToNamesAndOnePod() {
        policy("silence", labelled("role", "stranger"), spec -> spec.policyTypes(List.of("Egress")));
        kept(client, "stranger", direct(PodKit.PORT));
        assertThat(client.pods()
                        .run("stranger", PATIENCE, "timeout", "3", "nslookup", "server.default.svc.cluster.local")
                        .exitCode())
                .as("names")
                .isNotZero();
        reached(client, "friend", direct(PodKit.PORT));

        policy(
                "names",
                labelled("role", "stranger"),
                spec -> spec.policyTypes(List.of("Egress"))
                        .egress(List.of(
                                new NetworkPolicyEgressRule(
                                        List.of(port("UDP", IntOrString.of(53)), port("TCP", IntOrString.of(53))),
                                        List.of(new NetworkPolicyPeer(
                                                labelled("k8s-app", "kube-dns"),
                                                labelled("kubernetes.io/metadata.name", "kube-system"),
                                                null))),
                                new NetworkPolicyEgressRule(
                                        List.of(port("TCP", IntOrString.of(PodKit.PORT))),
                                        List.of(pods(labelled("app", "server")))))));
        reached(client, "stranger", "http://server");
        reached(client, "stranger", "http://" + guarded);
        assertThat(reaches(client, "stranger", direct(SECOND_PORT))).isFalse();
    }

    @Test
    void aRangeOfAddressesHasExceptions() {
        String friend = client.pods().get("friend").status().podIP();
        policy(
                "range",
                labelled("app", "server"),
                spec -> spec.ingress(List.of(new NetworkPolicyIngressRule(
                        List.of(), List.of(block(server.replaceFirst("\\..*", ".0.0.0/8"), friend + "/32"))))));
        kept(client, "friend", direct(PodKit.PORT));
        assertThat(reaches(client, "friend", "http://" + guarded)).isFalse();
        reached(client, "stranger", direct(PodKit.PORT));
        reached(elsewhere, "guest", "http://" + guarded);
    }

    @Test
    void aPodThatComesLaterIsChosenToo() {
        policy(
                "friends",
                labelled("app", "server"),
                spec -> spec.ingress(
                        List.of(new NetworkPolicyIngressRule(List.of(), List.of(pods(labelled("role", "newcomer")))))));
        kept(client, "stranger", direct(PodKit.PORT));
        client.create(kit.client("newcomer").label("role", "newcomer").build());
        client.pods().awaitReady("newcomer", PATIENCE);
        reached(client, "newcomer", direct(PodKit.PORT));
        client.pods().edit("newcomer", pod -> pod.withMetadata(pod.metadata().withLabels(Map.of("role", "settled"))));
        kept(client, "newcomer", direct(PodKit.PORT));
        client.pods().delete("newcomer");
    }

    @Test
    void aPortOfTheNodeLetsNobodyPastAPolicy() throws Exception {
        String gateway = kit.hostAddress(cluster.id());
        int port = FreePort.find();
        Pod server = kit.server("published").label("app", "published").build();
        client.create(server.withSpec(server.spec()
                .with(spec -> spec.containers(server.spec().containers().stream()
                        .map(container -> container.withPorts(List.of(ContainerPortBuilder.builder()
                                .containerPort(PodKit.PORT)
                                .hostPort(port)
                                .build())))
                        .toList()))));
        client.pods().awaitReady("published", PATIENCE);
        String url = "http://" + gateway + ":" + port;
        reached(client, "stranger", url);
        policy(
                "friends",
                labelled("app", "published"),
                spec -> spec.ingress(List.of(new NetworkPolicyIngressRule(
                        List.of(port("TCP", IntOrString.of(PodKit.PORT))),
                        List.of(pods(labelled("role", "friend")))))));
        kept(client, "stranger", url);
        reached(client, "friend", url);
        assertThat(Here.get("127.0.0.1", port)).contains("host=published");
        client.pods().delete("published");
    }

    /** What pods of other machines send arrives with that machine's address, which is all that policies can go by. */
    @Test
    void anotherMachineIsServedAndJudgedByItsAddress() {
        assertServedAndJudged(AnotherMachine::connected);
    }

    /** Docker lets nothing pass from one bridge to another: such clients are sockets' to serve. */
    @Test
    void whoIsBehindAnotherBridgeIsServedAndJudgedByItsAddress() {
        assertServedAndJudged(AnotherMachine::behindABridge);
    }

    private void assertServedAndJudged(Supplier<AnotherMachine> machine) {
        Service published = client.create(Service.named("published-to-all")
                .selects("app", "server")
                .port(80, PodKit.PORT)
                .nodePort()
                .build());
        int port = published.spec().ports().get(0).nodePort();
        try (AnotherMachine other = machine.get()) {
            await().atMost(PATIENCE).until(() -> other.reaches(other.here(), port));
            await("a load balancer's address").atMost(PATIENCE).until(() -> other.reaches(guarded, 80));
            policy(
                    "friends",
                    labelled("app", "server"),
                    spec -> spec.ingress(List.of(
                            new NetworkPolicyIngressRule(List.of(), List.of(pods(labelled("role", "friend")))))));
            await().atMost(PATIENCE).until(() -> !other.reaches(other.here(), port));
            assertThat(other.reaches(guarded, 80)).isFalse();
            policy(
                    "neighbours",
                    labelled("app", "server"),
                    spec -> spec.ingress(
                            List.of(new NetworkPolicyIngressRule(List.of(), List.of(block(other.address() + "/32"))))));
            await().atMost(PATIENCE).until(() -> other.reaches(other.here(), port));
            await().atMost(PATIENCE).until(() -> other.reaches(guarded, 80));
        } finally {
            client.services().delete("published-to-all");
        }
    }

    @Test
    void theNodeSaysThatPoliciesAreInForce() {
        String node = client.nodes().list().items().get(0).metadata().name();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                client.nodes().get(node).status().condition("NetworkPolicyEnforced"))
                        .hasValueSatisfying(condition -> {
                            assertThat(condition.status()).isEqualTo("True");
                            assertThat(condition.reason()).isEqualTo("Nftables");
                        }));
    }
}
