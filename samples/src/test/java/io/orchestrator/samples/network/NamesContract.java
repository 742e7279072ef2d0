package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.HostAlias;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDNSConfig;
import io.orchestrator.api.model.core.PodDNSConfigOption;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.testkit.junit.Conformance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What pods and this machine find by name. */
interface NamesContract extends NetworkRoom {

    @Test
    @Conformance({
        "[sig-network] DNS should provide DNS for pods for Hostname",
        "[sig-network] DNS should provide DNS for pods for Subdomain"
    })
    default void thePeersOfAStatefulSetFindEachOtherByName() {
        Pod server = kit().server("x").build();
        client().create(Service.named("peers")
                .selects("app", "peer")
                .port("http", PodKit.PORT, PodKit.PORT)
                .headless()
                .build());
        client().create(StatefulSet.named("peer")
                .label("app", "peer")
                .replicas(2)
                .service("peers")
                .spec(spec -> spec.podManagementPolicy("Parallel"))
                .podSpec(spec -> spec.containers(server.spec().containers()).terminationGracePeriodSeconds(1L))
                .build());
        client().pods().awaitReady("peer-0", NetworkScene.PATIENCE);
        client().pods().awaitReady("peer-1", NetworkScene.PATIENCE);
        String url = "http://peer-%d.peers.default.svc.cluster.local:" + PodKit.PORT;
        answers("peer-0", url.formatted(1), "peer-1");
        answers("peer-1", url.formatted(0), "peer-0");
        answers("asks-node-1", "http://peer-1.peers:" + PodKit.PORT, "peer-1");
        List<String> addresses = List.of(
                client().pods().get("peer-0").status().podIP(),
                client().pods().get("peer-1").status().podIP());
        assertThat(names().addresses("peers.default.svc.cluster.local")).containsExactlyInAnyOrderElementsOf(addresses);
        assertThat(names().ports("_http._tcp.peers.default.svc.cluster.local"))
                .containsExactlyInAnyOrder(
                        PodKit.PORT + " peer-0.peers.default.svc.cluster.local.",
                        PodKit.PORT + " peer-1.peers.default.svc.cluster.local.");
        client().resources(StatefulSet.TYPE).delete("peer");
    }

    @Test
    @Conformance({
        "[sig-network] DNS should provide DNS for ExternalName services",
        "[sig-network] Services should be able to change the type from ExternalName to ClusterIP",
        "[sig-network] Services should be able to change the type from ClusterIP to ExternalName"
    })
    default void anExternalNameIsAnAliasAndMayBecomeAServiceAndBack() {
        client().create(Service.named("alias")
                .externalName("web.default.svc.cluster.local")
                .build());
        answers("asks-node-1", "http://alias", NetworkScene.bothServers());
        String name = "alias.default.svc.cluster.local";
        await().atMost(NetworkScene.PATIENCE)
                .untilAsserted(() -> assertThat(names().alias(name)).containsExactly("web.default.svc.cluster.local."));

        client().services()
                .edit(
                        "alias",
                        old -> Service.named("alias")
                                .selects("app", "web")
                                .port(80, PodKit.PORT)
                                .build()
                                .withMetadata(old.metadata()));
        String address = client().services().get("alias").spec().clusterIP();
        assertThat(address).isNotEmpty();
        await().atMost(NetworkScene.PATIENCE)
                .untilAsserted(() -> assertThat(names().addresses(name)).containsExactly(address));
        answers("asks-node-2", "http://alias", NetworkScene.bothServers());

        client().services()
                .edit(
                        "alias",
                        old -> old.withSpec(ServiceSpecBuilder.builder()
                                .type("ExternalName")
                                .externalName("elsewhere.example")
                                .build()));
        await().atMost(NetworkScene.PATIENCE)
                .untilAsserted(() -> assertThat(names().alias(name)).containsExactly("elsewhere.example."));
        assertThat(client().services().get("alias").spec().clusterIP()).isEmpty();
    }

    @Test
    @Conformance({
        "[sig-network] DNS should provide DNS for the cluster",
        "[sig-network] DNS should provide /etc/hosts entries for the cluster"
    })
    default void podsKnowWhomToAskAndTheirOwnName() {
        String resolver = run("asks-node-1", "cat", "/etc/resolv.conf");
        assertThat(resolver.lines().map(String::strip))
                .contains("nameserver " + names().server(), "options ndots:5")
                .anyMatch(line -> line.startsWith("search default.svc.cluster.local svc.cluster.local cluster.local"));
        assertThat(run("asks-node-1", "cat", "/etc/hosts"))
                .contains(
                        "localhost", client().pods().get("asks-node-1").status().podIP(), "asks-node-1");
        assertThat(names().addresses("kube-dns.kube-system.svc.cluster.local")).containsExactly(names().server());
    }

    @Test
    @Conformance({
        "[sig-network] DNS should support configurable pod DNS nameservers",
        "[sig-node] Kubelet when scheduling an agnhost Pod with hostAliases should write entries to /etc/hosts"
    })
    default void aPodMaySayItselfWhomItAsksAndWhatItNeedNotAsk() {
        client().create(kit().client("particular")
                .podSpec(spec -> spec.dnsPolicy("None")
                        .dnsConfig(new PodDNSConfig(
                                List.of("192.0.2.53"),
                                List.of("resolv.example"),
                                List.of(new PodDNSConfigOption("ndots", "2"))))
                        .hostAliases(List.of(new HostAlias("192.0.2.9", List.of("foo.local", "bar.local")))))
                .build());
        client().pods().awaitReady("particular", NetworkScene.PATIENCE);
        List<String> lines = new ArrayList<>();
        run("particular", "cat", "/etc/resolv.conf").lines().map(String::strip).forEach(lines::add);
        assertThat(lines).contains("nameserver 192.0.2.53", "search resolv.example", "options ndots:2");
        assertThat(run("particular", "cat", "/etc/hosts")).contains("192.0.2.9", "foo.local", "bar.local");
    }

    @Test
    default void aPodIsKnownByItsAddress() {
        String address = client().pods().get("web-node-1").status().podIP();
        assertThat(names().addresses(address.replace('.', '-') + ".default.pod.cluster.local"))
                .containsExactly(address);
    }
}
