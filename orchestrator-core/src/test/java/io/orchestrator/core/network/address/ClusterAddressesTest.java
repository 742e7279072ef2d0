package io.orchestrator.core.network.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.runtime.LoopbackAddresses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterAddressesTest {

    @Test
    void noTwoClustersShareARange() {
        List<ClusterAddresses> clusters = new ArrayList<>();
        try {
            Set<String> services = new HashSet<>();
            Set<String> pods = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                // The same seed each time: they all ask for the same first.
                ClusterAddresses cluster = ClusterAddresses.onLoopback(new Random(1), "");
                clusters.add(cluster);
                assertThat(services.add(cluster.serviceRange())).isTrue();
                assertThat(pods.add(cluster.podRange().orElseThrow())).isTrue();
            }
        } finally {
            clusters.forEach(ClusterAddresses::close);
        }
    }

    @Test
    void aRangeIsFreeAgainAfterClose() {
        ClusterAddresses first = ClusterAddresses.onLoopback(new Random(7), "");
        String range = first.serviceRange();
        first.close();
        first.close();
        try (ClusterAddresses second = ClusterAddresses.onLoopback(new Random(7), "")) {
            assertThat(second.serviceRange()).isEqualTo(range);
        }
    }

    @Test
    void aClusterThatComesBackTakesTheRangeOfItsServices() {
        try (ClusterAddresses again = ClusterAddresses.onLoopback(new Random(3), "127.200.1.9")) {
            assertThat(again.serviceRange()).isEqualTo("127.200.0.0/16");
            assertThat(again.isServiceAddress("127.200.1.9")).isTrue();
            assertThat(again.isServiceAddress("127.201.1.9")).isFalse();
            assertThat(again.podRange()).hasValue("127.100.0.0/17");
            LoopbackAddresses pods = LoopbackAddresses.within("127.100.0.0/17");
            assertThat(pods.take()).isEqualTo("127.100.0.1");
            pods.hold("127.100.0.2");
            pods.hold("127.101.0.3");
            assertThat(pods.take()).isEqualTo("127.100.0.3");
        }
    }

    @Test
    void aRoutableRangeKeepsClearOfRoutes() {
        List<String> lines = new ArrayList<>(List.of("Iface Destination Gateway Flags RefCnt Use Metric Mask MTU"));
        // 10.0.0.0/9 without 10.97.0.0: every candidate but those from 10.97 and beyond 10.112 is covered.
        lines.add("tun0 0000600A 00000000 0001 0 0 0 0000FFFF 0 0 0");
        lines.add("tun0 0000620A 00000000 0001 0 0 0 0000FEFF 0 0 0");
        lines.add("tun0 0000640A 00000000 0001 0 0 0 0000FCFF 0 0 0");
        lines.add("tun0 0000680A 00000000 0001 0 0 0 0000F8FF 0 0 0");
        lines.add("tun0 0000700A 00000000 0001 0 0 0 0000F0FF 0 0 0");
        lines.add("eth0 00000000 010200C0 0003 0 0 0 00000000 0 0 0");
        HostRoutes routes = HostRoutes.parse(lines);
        for (int seed = 0; seed < 10; seed++) {
            try (ClusterAddresses cluster = ClusterAddresses.routable(routes, new Random(seed), "10.98.0.1")) {
                assertThat(cluster.serviceRange()).isEqualTo("10.97.0.0/17");
                assertThat(cluster.podRange()).isEmpty();
            }
        }
    }

    @Test
    void routesAreReadAsTheKernelWritesThem() {
        HostRoutes routes = HostRoutes.parse(List.of(
                "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT",
                "docker0 000011AC 00000000 0001 0 0 0 0000FFFF 0 0 0",
                "* 0000120A 00000000 0201 0 0 0 0000FFFF 0 0 0",
                "eth0 00000000 010200C0 0003 0 0 0 00000000 0 0 0"));
        assertThat(routes.cover("172.17.0.0", 16)).isTrue();
        assertThat(routes.cover("172.17.5.0", 24)).isTrue();
        assertThat(routes.cover("172.16.0.0", 12)).isTrue();
        assertThat(routes.cover("172.18.0.0", 16)).isFalse();
        assertThat(routes.cover("10.96.0.0", 12)).isFalse();
        assertThat(routes.cover("10.18.0.0", 16)).as("a fence leads nowhere").isFalse();
        assertThat(routes.device("172.17.5.1")).hasValue("docker0");
        assertThat(routes.device("172.18.5.1")).as("by a default route").isEmpty();
        assertThat(routes.device("10.18.0.1")).as("a fence leads nowhere").isEmpty();
        assertThat(routes.device("no.address")).isEmpty();
    }

    @Test
    void ofSeveralRoutesTheNarrowestLeads() {
        HostRoutes routes = HostRoutes.parse(List.of(
                "Iface Destination Gateway Flags RefCnt Use Metric Mask",
                "tun0 000010AC 00000000 0001 0 0 0 0000F0FF",
                "br-7 000012AC 00000000 0001 0 0 0 0000FFFF",
                "eth0 000012AC 00000000 0001 0 0 100 0000FFFF"));
        assertThat(routes.device("172.18.0.2")).hasValue("br-7");
        assertThat(routes.device("172.19.0.2")).hasValue("tun0");
        assertThat(routes.device("192.0.2.1")).isEmpty();
    }

    @Test
    void addressesOfServicesAndBalancersAreOwnAndThoseOfPodsOnThisMachine() {
        try (ClusterAddresses cluster = ClusterAddresses.onLoopback(new Random(3), "127.200.1.9")) {
            assertThat(cluster.isOwn("127.200.4.4")).isTrue();
            assertThat(cluster.isOwn("127.251.72.9")).isTrue();
            assertThat(cluster.isOwn("127.251.73.9")).isFalse();
            assertThat(cluster.isOwn("192.168.1.1")).isFalse();
            assertThat(cluster.isOnLoopbackOfThisMachine("127.100.0.7")).isTrue();
            assertThat(cluster.isOnLoopbackOfThisMachine("127.0.0.1")).isTrue();
            assertThat(cluster.isOnLoopbackOfThisMachine("127.100.128.7")).isFalse();
        }
        try (ClusterAddresses cluster = ClusterAddresses.routable(HostRoutes.parse(List.of()), new Random(3), "")) {
            assertThat(cluster.isOnLoopbackOfThisMachine("127.100.0.7")).isFalse();
            assertThat(cluster.isOnLoopbackOfThisMachine("127.0.0.1")).isTrue();
        }
    }
}
