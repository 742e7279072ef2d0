package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.testkit.junit.Conformance;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Clients that stay with their pod. */
interface AffinityContract extends NetworkRoom {

    @Test
    @Conformance({
        "[sig-network] Services should have session affinity work for service with type clusterIP [LinuxOnly]",
        "[sig-network] Services should be able to switch session affinity for service with type clusterIP [LinuxOnly]"
    })
    default void aClientStaysWithItsPodWhileTheServiceSaysSo() throws Exception {
        client().create(Service.named("sticky")
                .selects("app", "web")
                .port(80, PodKit.PORT)
                .sticky()
                .build());
        String address = client().services().get("sticky").spec().clusterIP();
        await().atMost(NetworkScene.PATIENCE).until(() -> !NetworkScene.refuses(address, 80));
        assertThat(NetworkScene.whoAnswers(address, 80, 12)).hasSize(1);
        client().services()
                .edit(
                        "sticky",
                        old -> old.withSpec(ServiceSpecBuilder.builder(old.spec())
                                .sessionAffinity("None")
                                .sessionAffinityConfig(null)
                                .build()));
        answersHere(address, 80, NetworkScene.bothServers());
        client().services()
                .edit(
                        "sticky",
                        old -> old.withSpec(ServiceSpecBuilder.builder(old.spec())
                                .sessionAffinity("ClientIP")
                                .build()));
        await().atMost(NetworkScene.PATIENCE)
                .until(() -> NetworkScene.whoAnswers(address, 80, 12).size() == 1);
    }

    @Test
    @Conformance({
        "[sig-network] Services should have session affinity work for NodePort service [LinuxOnly]",
        "[sig-network] Services should be able to switch session affinity for NodePort service [LinuxOnly]"
    })
    default void affinityHoldsForNodePortsToo() throws Exception {
        client().create(Service.named("sticky-port")
                .selects("app", "web")
                .port(80, PodKit.PORT)
                .nodePort()
                .sticky()
                .build());
        int port = client().services().get("sticky-port").spec().ports().get(0).nodePort();
        // For a moment sockets serve a port that is new alone, and rules do not know whom they led.
        await().atMost(NetworkScene.PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> NetworkScene.whoAnswers("127.0.0.1", port, 12).size() == 1);
        assertThat(NetworkScene.whoAnswers("127.0.0.1", port, 12)).hasSize(1);
        client().services()
                .edit(
                        "sticky-port",
                        old -> old.withSpec(ServiceSpecBuilder.builder(old.spec())
                                .sessionAffinity("None")
                                .sessionAffinityConfig(null)
                                .build()));
        answersHere("127.0.0.1", port, NetworkScene.bothServers());
    }
}
