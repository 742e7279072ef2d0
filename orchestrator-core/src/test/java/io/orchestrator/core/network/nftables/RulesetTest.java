package io.orchestrator.core.network.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceTable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RulesetTest {
    private final Ruleset rules = new Ruleset("t", true);

    private static ServicePort port(
            String name, String protocol, @Nullable Duration affinity, List<String> addresses, Endpoint... endpoints) {
        return new ServicePort(
                "default", name, "", addresses, 80, 0, protocol, affinity, List.of(endpoints), List.of());
    }

    private static ServicePort web(Endpoint... endpoints) {
        return port("web", "TCP", null, List.of("10.96.0.5"), endpoints);
    }

    private static Endpoint at(String address) {
        return new Endpoint(address, 8080);
    }

    private String become(ServicePort... ports) {
        return rules.become(ShortCut.of(new ServiceTable(List.of(ports))));
    }

    @Test
    void aNewServiceIsAChainAndAnElement() {
        assertThat(become(web(at("172.18.0.2"), at("172.18.0.3"))).lines())
                .containsExactly(
                        "add chain ip t svc_0",
                        "add rule ip t svc_0 ip saddr { 172.18.0.2, 172.18.0.3 } return",
                        "add rule ip t svc_0 meta mark set meta mark or 0x4000",
                        "add rule ip t svc_0 meta l4proto tcp dnat ip to numgen random mod 2 map"
                                + " { 0 : 172.18.0.2 . 8080, 1 : 172.18.0.3 . 8080 }",
                        "add element ip t services { 10.96.0.5 . 80 : goto svc_0 }");
    }

    /** Else Docker's sweep of what led to a container that goes takes a new connection to another with it. */
    @Test
    void endedConnectionsAreForgottenSoonWhereTheKernelCanBeTold() {
        assertThat(rules.begin(true)).contains("policy = { time_wait : 2, close : 2 }");
        assertThat(become(web(at("127.64.0.1"))))
                .contains("add rule ip t svc_0 ct timeout set \"brief\" meta mark set meta mark or 0x4000\n");
        assertThat(rules.begin(false)).doesNotContain("timeout");
        assertThat(become(web(at("127.64.0.1")))).doesNotContain("timeout");
    }

    @Test
    void anEndpointsChangeTouchesItsChainAlone() {
        become(web(at("127.64.0.1")), port("other", "TCP", null, List.of("10.96.0.6"), at("127.64.0.9")));
        assertThat(become(web(at("127.64.0.2")), port("other", "TCP", null, List.of("10.96.0.6"), at("127.64.0.9")))
                        .lines())
                .containsExactly(
                        "flush chain ip t svc_0",
                        "add rule ip t svc_0 meta mark set meta mark or 0x4000",
                        "add rule ip t svc_0 meta l4proto tcp dnat ip to 127.64.0.2:8080");
    }

    @Test
    void whatIsTheSameIsNotSaidAgain() {
        become(web(at("127.64.0.1")));
        assertThat(become(web(at("127.64.0.1")))).isEmpty();
    }

    @Test
    void anAddressPassesFromOneServiceToAnother() {
        become(web(at("127.64.0.1")));
        assertThat(become(port("next", "TCP", null, List.of("10.96.0.5"), at("127.64.0.2")))
                        .lines())
                .containsSubsequence(
                        "delete element ip t services { 10.96.0.5 . 80 : goto svc_0 }",
                        "delete chain ip t svc_0",
                        "add chain ip t svc_1",
                        "add element ip t services { 10.96.0.5 . 80 : goto svc_1 }");
    }

    @Test
    void withoutEndpointsThereIsNoShortCut() {
        become(web(at("127.64.0.1")));
        assertThat(become(web())).contains("delete chain").doesNotContain("add");
    }

    @Test
    void whatRulesCannotDoIsLeftToTheProxyBeneath() {
        assertThat(become(
                        port("udp", "UDP", null, List.of("10.96.0.7"), at("127.64.0.1")),
                        port("sticky", "TCP", Duration.ofHours(3), List.of("10.96.0.8"), at("127.64.0.1")),
                        port("six", "TCP", null, List.of("fd00::1"), at("127.64.0.1")),
                        port("to-six", "TCP", null, List.of("10.96.0.9"), at("fd00::2"))))
                .isEmpty();
    }

    @Test
    void theFirstThatClaimsAnAddressHasIt() {
        assertThat(become(web(at("127.64.0.1")), port("late", "TCP", null, List.of("10.96.0.5"), at("127.64.0.2"))))
                .contains("127.64.0.1")
                .doesNotContain("127.64.0.2");
    }
}
