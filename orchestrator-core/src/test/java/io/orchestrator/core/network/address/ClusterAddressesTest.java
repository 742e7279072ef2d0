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

    /** Whatever other clusters of this machine have claimed meanwhile. */
    private static ClusterAddresses given(ClusterAddresses free) {
        free.close();
        return free;
    }

    @Test
    void aClusterThatComesBackTakesTheRangeOfItsServices() {
        ClusterAddresses before = given(ClusterAddresses.onLoopback(new Random(), ""));
        String prefix = before.serviceRange().replace("0.0/16", "");
        try (ClusterAddresses again = ClusterAddresses.onLoopback(new Random(3), prefix + "1.9")) {
            assertThat(again.serviceRange()).isEqualTo(before.serviceRange());
            assertThat(again.isServiceAddress(prefix + "1.9")).isTrue();
            assertThat(again.isServiceAddress("127.251.1.9")).isFalse();
            assertThat(again.podRange()).isEqualTo(before.podRange());
            String range = again.podRange().orElseThrow();
            String first = range.replace("0/17", "");
            LoopbackAddresses pods = LoopbackAddresses.within(range);
            assertThat(pods.take()).isEqualTo(first + "1");
            pods.hold(first + "2");
            pods.hold("127.0.0.3");
            assertThat(pods.take()).isEqualTo(first + "3");
        }
    }

    @Test
    void aRoutableRangeKeepsClearOfRoutes() {
        ClusterAddresses free = given(ClusterAddresses.routable(HostRoutes.parse(List.of()), new Random(), ""));
        List<String> lines = new ArrayList<>(List.of("Iface Destination Gateway Flags RefCnt Use Metric Mask MTU"));
        for (int octet = 96; octet <= 127; octet++) {
            if (!free.isServiceAddress("10." + octet + ".0.1")) {
                lines.add("tun0 0000%02X0A 00000000 0001 0 0 0 0000FFFF 0 0 0".formatted(octet));
            }
        }
        lines.add("eth0 00000000 010200C0 0003 0 0 0 00000000 0 0 0");
        HostRoutes routes = HostRoutes.parse(lines);
        for (int seed = 0; seed < 10; seed++) {
            try (ClusterAddresses cluster = ClusterAddresses.routable(routes, new Random(seed), "10.98.0.1")) {
                assertThat(cluster.serviceRange()).isEqualTo(free.serviceRange());
                assertThat(cluster.podRange()).isEmpty();
            }
        }
    }

    /** By two routes in place of the default one, and by one to the company's network. */
    @Test
    void aVpnThatTakesAllLeavesARangeAllTheSame() {
        HostRoutes routes = HostRoutes.parse(List.of(
                "Iface Destination Gateway Flags RefCnt Use Metric Mask",
                "tun0 00000000 00000000 0003 0 0 0 00000080",
                "tun0 00000080 00000000 0003 0 0 0 00000080"));
        assertThat(routes.cover("10.96.0.0", 16)).isFalse();
        assertThat(routes.device("192.0.2.1")).isEmpty();

        HostRoutes company = HostRoutes.parse(List.of(
                "Iface Destination Gateway Flags RefCnt Use Metric Mask",
                "tun0 0000000A 00000000 0001 0 0 0 000000FF",
                "eth1 0000600A 00000000 0001 0 0 0 0000F0FF"));
        for (int seed = 0; seed < 10; seed++) {
            try (ClusterAddresses cluster = ClusterAddresses.routable(company, new Random(seed), "")) {
                int octet = Integer.parseInt(cluster.serviceRange().split("\\.")[1]);
                assertThat(octet).as("not one of 10.96.0.0/12").isBetween(112, 127);
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
        try (ClusterAddresses cluster = ClusterAddresses.onLoopback(new Random(3), "")) {
            assertThat(cluster.isOwn(cluster.dnsAddress())).isTrue();
            String balancers = cluster.balancerRange();
            assertThat(cluster.isOwn(balancers.replace("0/24", "9"))).isTrue();
            assertThat(cluster.isOwn("127.251.255.9")).as("another's").isFalse();
            assertThat(cluster.isOwn("192.168.1.1")).isFalse();
            String pods = cluster.podRange().orElseThrow();
            assertThat(cluster.isOnLoopbackOfThisMachine(pods.replace("0/17", "7")))
                    .isTrue();
            assertThat(cluster.isOnLoopbackOfThisMachine("127.0.0.1")).isTrue();
            assertThat(cluster.isOnLoopbackOfThisMachine("127.126.128.7"))
                    .as("another's")
                    .isFalse();
        }
        try (ClusterAddresses cluster = ClusterAddresses.routable(HostRoutes.parse(List.of()), new Random(3), "")) {
            assertThat(cluster.isOnLoopbackOfThisMachine("127.100.0.7")).isFalse();
            assertThat(cluster.isOnLoopbackOfThisMachine("127.0.0.1")).isTrue();
        }
    }
}
