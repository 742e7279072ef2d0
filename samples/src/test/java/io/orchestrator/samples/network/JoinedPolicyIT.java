package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.networking.NetworkPolicy;
import io.orchestrator.api.model.networking.NetworkPolicyBuilder;
import io.orchestrator.api.model.networking.NetworkPolicyIngressRule;
import io.orchestrator.api.model.networking.NetworkPolicyPeer;
import io.orchestrator.api.model.networking.NetworkPolicySpecBuilder;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.apiserver.node.NodeServer;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.JoinedNode;
import io.orchestrator.core.embed.JoinedNodeBuilder;
import io.orchestrator.core.join.JoinInvitation;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Network policies on nodes whose control plane is another process's, which has no network of its own to hold them. */
@RequiresDocker
@RequiresRoot
@Timeout(300)
class JoinedPolicyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void aJoinedNodeHoldsPoliciesWhereItCanAndSaysSoWhereItCannot() throws Exception {
        DockerKit kit = new DockerKit();
        // Its services have addresses that containers reach, though it has no node.
        try (Cluster plane = Cluster.builder()
                .named("plane-of-policies")
                .nodes(0)
                .runtime(new DockerKit().runtime())
                .apiServer(ApiServer.onPort(0))
                .start()) {
            JoinInvitation invitation = plane.invite(Duration.ofMinutes(5));
            Path kubeconfig = folder.resolve("kubeconfig");
            Files.writeString(
                    kubeconfig,
                    plane.apiServer().orElseThrow().adminKubeconfig().toYaml());
            try (Client client = Client.fromKubeconfig(kubeconfig);
                    JoinedNode containers = invited("containers", invitation)
                            .runtime(environment -> kit.runtime())
                            .start();
                    JoinedNode processes = invited("processes", invitation).start()) {
                holdsAndSays(client, kit, containers.name(), processes.name());
            }
        }
    }

    private JoinedNodeBuilder invited(String name, JoinInvitation invitation) {
        return JoinedNode.named(name, URI.create(invitation.server()))
                .token(invitation.token())
                .authority(invitation.authority())
                .nodeServer(NodeServer.onPort(0))
                .podGrace(Duration.ofSeconds(2))
                .directory(folder.resolve(name));
    }

    private static void holdsAndSays(Client client, DockerKit kit, String containers, String processes) {
        says(client, containers, "True");
        says(client, processes, "False");
        for (String name : List.of("friend", "stranger")) {
            client.create(
                    kit.client(name).label("role", name).nodeName(containers).build());
        }
        client.create(
                kit.server("server").label("app", "server").nodeName(containers).build());
        for (String name : List.of("server", "friend", "stranger")) {
            client.pods().awaitReady(name, PATIENCE);
        }
        Service server = client.create(Service.named("server")
                .selects("app", "server")
                .port(80, PodKit.PORT)
                .build());
        String url = "http://" + client.pods().get("server").status().podIP() + ":" + PodKit.PORT;
        String service = "http://" + server.spec().clusterIP();
        await().atMost(PATIENCE).until(() -> reaches(client, "stranger", url));
        await().atMost(PATIENCE).until(() -> reaches(client, "stranger", service));

        client.create(friendsAlone());

        await().atMost(PATIENCE).until(() -> !reaches(client, "stranger", url));
        await().atMost(PATIENCE).until(() -> !reaches(client, "stranger", service));
        assertThat(reaches(client, "friend", url)).isTrue();
        assertThat(reaches(client, "friend", service)).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                client.resources(Event.TYPE).list().items())
                        .anySatisfy(event -> {
                            assertThat(event.reason()).isEqualTo("NotEnforced");
                            assertThat(event.message()).contains("on node processes");
                        })
                        .noneSatisfy(event -> assertThat(event.message()).contains("on node containers")));

        client.resources(NetworkPolicy.TYPE).delete("friends");

        await().atMost(PATIENCE).until(() -> reaches(client, "stranger", url));
    }

    private static NetworkPolicy friendsAlone() {
        return NetworkPolicyBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("friends").build())
                .spec(NetworkPolicySpecBuilder.builder()
                        .podSelector(LabelSelector.of(Map.of("app", "server")))
                        .ingress(List.of(new NetworkPolicyIngressRule(
                                List.of(),
                                List.of(new NetworkPolicyPeer(
                                        LabelSelector.of(Map.of("role", "friend")), null, null)))))
                        .build())
                .build();
    }

    private static void says(Client client, String node, String status) {
        client.nodes()
                .await(
                        node,
                        each -> each.status()
                                .condition("NetworkPolicyEnforced")
                                .filter(condition -> condition.status().equals(status))
                                .isPresent(),
                        "what it does about policies",
                        PATIENCE);
    }

    private static boolean reaches(Client client, String pod, String url) {
        return client.pods()
                        .run(pod, Duration.ofSeconds(60), "timeout", "2", "wget", "-qO-", url)
                        .exitCode()
                == 0;
    }
}
