package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.model.core.ContainerPortBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.testkit.junit.Conformance;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.junit.RequiresRoot;
import io.orchestrator.testkit.network.FreePort;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pods as containers, which reach addresses of this machine through their gateway. */
@RequiresDocker
@RequiresRoot
class DockerNetworkIT extends NetworkContract {

    DockerNetworkIT() {
        super(DockerKit::new);
    }

    @Override
    ClusterBuilder configured(ClusterBuilder builder) {
        return builder.named("network-of-containers")
                .serviceProxy(ProxyMode.USER_SPACE)
                .runtime(((DockerKit) kit).runtime());
    }

    @Test
    @Conformance(
            "[sig-network] HostPort validates that there is no conflict between pods with same hostPort but different"
                    + " hostIP and protocol [LinuxOnly]")
    void podsShareAPortOfTheirNodeOnDifferentAddressesAndProtocols() throws Exception {
        String gateway = kit.hostAddress(cluster.id());
        int port = FreePort.find();
        client.create(published("here", "127.0.0.1", port, Protocol.TCP));
        client.create(published("there", gateway, port, Protocol.TCP));
        client.create(published("datagrams", gateway, port, Protocol.UDP));
        for (String name : List.of("here", "there", "datagrams")) {
            client.pods().awaitReady(name, PATIENCE);
        }
        assertThat(Here.get("127.0.0.1", port)).endsWith("host=here");
        assertThat(Here.get(gateway, port)).endsWith("host=there");
        Pod third = client.pods().get("datagrams");
        try (Datagrams served =
                Datagrams.serve(kit.within(third), third.status().podIP(), PodKit.PORT, "datagrams")) {
            await().atMost(PATIENCE).until(() -> Datagrams.ask(gateway, port).equals("datagrams"));
        }
    }

    private Pod published(String name, String address, int port, String protocol) {
        Pod server = kit.server(name).nodeName("node-1").build();
        return server.withSpec(server.spec()
                .with(spec -> spec.containers(server.spec().containers().stream()
                        .map(container -> container.withPorts(List.of(ContainerPortBuilder.builder()
                                .containerPort(PodKit.PORT)
                                .hostPort(port)
                                .hostIP(address)
                                .protocol(protocol)
                                .build())))
                        .toList())));
    }

    @Override
    public String proxy() {
        return "UserSpace";
    }

    @Override
    public String policies() {
        return "True";
    }
}
