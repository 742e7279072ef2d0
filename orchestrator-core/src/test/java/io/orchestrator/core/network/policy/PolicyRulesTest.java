package io.orchestrator.core.network.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.network.address.Cidr;
import io.orchestrator.core.network.policy.Isolation.Allowance;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {
    private static final String POD = "172.18.0.2";
    private static final String OTHER = "172.18.0.3";

    private final PolicyRules rules = new PolicyRules("t", List.of("10.96.0.0/16"), "10.96.0.10");

    private static Isolation in(Allowance... allowed) {
        return new Isolation("in default/web", List.of(allowed));
    }

    private static Peers pods(String... addresses) {
        return new Peers.Pods(new TreeSet<>(List.of(addresses)));
    }

    private String become(Map<String, Isolation> ingress, Map<String, Isolation> egress) {
        return rules.become(new PolicyTable(ingress, egress));
    }

    @Test
    void servicesAreLeftToThisMachineItselfButNamesAreAsked() {
        assertThat(rules.begin()).contains("ip daddr != 10.96.0.10 ip daddr { 10.96.0.0/16 } accept");
    }

    @Test
    void podsOfTheSamePoliciesShareAChainWhichEndsInADrop() {
        Isolation web = in(new Allowance(
                pods(OTHER),
                PortRange.merged(List.of(
                        new PortRange("TCP", 80, 80), new PortRange("TCP", 81, 90), new PortRange("UDP", 53, 53)))));
        assertThat(become(Map.of(POD, web, OTHER, web), Map.of()).lines())
                .containsExactly(
                        "add chain ip t pods_0",
                        "add rule ip t pods_0 ip saddr { 172.18.0.3 } tcp dport { 80-90 } return",
                        "add rule ip t pods_0 ip saddr { 172.18.0.3 } udp dport { 53 } return",
                        "add rule ip t pods_0 drop",
                        "add element ip t ingress { 172.18.0.2 : jump pods_0, 172.18.0.3 : jump pods_0 }");
    }

    @Test
    void aRangeLeavesOutItsExceptions() {
        Peers block = new Peers.Block(
                Cidr.parse("10.1.2.3/8").orElseThrow(),
                List.of(Cidr.parse("10.2.0.0/16").orElseThrow()));
        Isolation out = new Isolation(
                "out default/web", List.of(new Allowance(block, List.of(new PortRange("TCP", 0, PortRange.HIGHEST)))));
        assertThat(become(Map.of(), Map.of(POD, out)).lines())
                .contains("add rule ip t pods_0 ip daddr 10.0.0.0/8 ip daddr != 10.2.0.0/16 meta l4proto tcp return");
    }

    @Test
    void onlyWhatDiffersIsSaid() {
        Isolation web = in(new Allowance(pods(OTHER), List.of()));
        become(Map.of(POD, web), Map.of());
        assertThat(become(Map.of(POD, web), Map.of())).isEmpty();
        assertThat(become(Map.of(POD, in(new Allowance(new Peers.Anyone(), List.of()))), Map.of())
                        .lines())
                .containsExactly("flush chain ip t pods_0", "add rule ip t pods_0 return", "add rule ip t pods_0 drop");
        assertThat(become(Map.of(), Map.of()).lines())
                .containsExactly(
                        "delete element ip t ingress { 172.18.0.2 : jump pods_0 }", "delete chain ip t pods_0");
    }

    /** What passes Docker's own proxy comes, to the kernel, from this machine: it is asked about where it arrives. */
    @Test
    void aPortOfThisMachineIsRestrictedAsThePodsOwnIs() {
        Isolation web = in(
                new Allowance(pods(OTHER), List.of(new PortRange("TCP", 80, 80))),
                new Allowance(pods("172.18.0.4"), List.of(new PortRange("TCP", 81, 81))));
        PolicyTable table = new PolicyTable(
                Map.of(POD, web),
                Map.of(),
                Map.of(
                        new Published("", "TCP", 8080), web.at("TCP", 80),
                        new Published("192.0.2.1", "TCP", 8081), web.at("TCP", 80)));
        assertThat(rules.become(table).lines())
                .contains(
                        "add rule ip t pods_1 ip saddr { 172.18.0.3 } return",
                        "add rule ip t pods_1 drop",
                        "add element ip t published { tcp . 8080 : jump pods_1 }",
                        "add element ip t published_at { 192.0.2.1 . tcp . 8081 : jump pods_1 }")
                .doesNotContain("add rule ip t pods_1 ip saddr { 172.18.0.4 } return");
        assertThat(rules.become(new PolicyTable(Map.of(POD, web), Map.of())).lines())
                .containsExactly(
                        "delete element ip t published { tcp . 8080 : jump pods_1 }",
                        "delete element ip t published_at { 192.0.2.1 . tcp . 8081 : jump pods_1 }",
                        "delete chain ip t pods_1");
    }
}
