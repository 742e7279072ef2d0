package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.WellKnownAnnotations;
import io.orchestrator.api.model.core.NamespaceBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.networking.IPBlock;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.api.model.networking.NetworkPolicyBuilder;
import io.orchestrator.api.model.networking.NetworkPolicyEgressRule;
import io.orchestrator.api.model.networking.NetworkPolicyIngressRule;
import io.orchestrator.api.model.networking.NetworkPolicyPeer;
import io.orchestrator.api.model.networking.NetworkPolicyPort;
import io.orchestrator.api.model.networking.NetworkPolicySpecBuilder;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What network policies do to pods that are containers: a server with two ports, two who ask, and one in another namespace. */
@RequiresDocker
@RequiresRoot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class NetworkPolicyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SECOND_PORT = 8081;

    private final DockerKit kit = new DockerKit();
    private Cluster cluster;
    private Client client;
    private Client elsewhere;
    private String server;

    @BeforeAll
    void start() {
        cluster = Cluster.builder()
                .named("policies")
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
        client.create(Service.named("sticky")
                .selects("app", "server")
                .port(80, PodKit.PORT)
                .sticky()
                .build());
        for (String pod : List.of("server", "friend", "stranger")) {
            client.pods().awaitReady(pod, PATIENCE);
        }
        elsewhere.pods().awaitReady("guest", PATIENCE);
        server = client.pods().get("server").status().podIP();
        await().atMost(PATIENCE).until(() -> reaches(client, "friend", "http://server"));
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
                        .run(pod, Duration.ofSeconds(20), "timeout", "2", "wget", "-qO-", url)
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
        assertThat(reaches(client, "friend", "http://sticky"))
                .as("by user space")
                .isFalse();
        assertThat(Here.get(server, PodKit.PORT)).contains("host=server");
        assertThat(Here.get(client.services().get("server").spec().clusterIP(), 80))
                .contains("host=server");
        assertThat(Here.get(client.services().get("sticky").spec().clusterIP(), 80))
                .contains("host=server");
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
        reached(client, "friend", "http://sticky");
        assertThat(reaches(client, "stranger", direct(PodKit.PORT))).isFalse();
        assertThat(reaches(client, "stranger", "http://server")).isFalse();
        assertThat(reaches(client, "stranger", "http://sticky")).isFalse();
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
        assertThat(reaches(client, "stranger", direct(PodKit.PORT))).isTrue();
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
        assertThat(reaches(client, "friend", direct(PodKit.PORT))).isTrue();

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
        reached(client, "stranger", "http://sticky");
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
        assertThat(reaches(client, "friend", "http://sticky")).isFalse();
        assertThat(reaches(client, "stranger", direct(PodKit.PORT))).isTrue();
        assertThat(reaches(elsewhere, "guest", "http://sticky.default")).isTrue();
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
