package io.orchestrator.core.network.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.network.address.Command.Result;
import io.orchestrator.spi.network.ProxyReport;
import io.orchestrator.spi.network.ProxyReport.Problem;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** When the kernel is told what, and what the sockets beneath say meanwhile. */
class NftablesProxyTest {
    private static final int PORT = 30_080;
    private static final Problem HELD =
            new Problem("default", "web", "0.0.0.0", PORT, "PortInUse", "somebody else listens");

    private final List<String> told = new ArrayList<>();
    private Predicate<String> refused = script -> false;
    private ProxyReport report = ProxyReport.allServed();

    private final NftablesProxy proxy = new NftablesProxy(
            new ServiceProxy() {
                @Override
                public String name() {
                    return "sockets";
                }

                @Override
                public ProxyReport apply(ServiceTable table) {
                    told.add("sockets");
                    return report;
                }

                @Override
                public void close() {}
            },
            (command, script, deadline) -> {
                if (refused.test(script)) {
                    return new Result(1, "not now");
                }
                script.lines()
                        .filter(line -> line.contains(" element ") && line.contains("services {"))
                        .forEach(told::add);
                return new Result(0, "");
            },
            "t",
            new Random(1));

    private ProxyReport apply(ServicePort... ports) {
        told.clear();
        return proxy.apply(new ServiceTable(List.of(ports)));
    }

    private static ServicePort web(int nodePort, String endpoint) {
        return new ServicePort(
                "default",
                "web",
                "",
                List.of("10.96.0.5"),
                80,
                nodePort,
                "TCP",
                null,
                List.of(new Endpoint(endpoint, 8080)),
                List.of());
    }

    private static String rule(String front) {
        return "add element ip t " + front + " : goto ";
    }

    @Test
    void aPortOfTheMachineIsLedByRulesOnceItIsOurs() {
        apply(web(PORT, "172.18.0.2"));
        assertThat(told)
                .containsExactly(
                        rule("services { 10.96.0.5 . 80") + "spread_1 }",
                        "sockets",
                        rule("node_services { " + PORT) + "node_spread_1 }");
    }

    @Test
    void aPortThatSomebodyElseHoldsIsNeverTaken() {
        report = new ProxyReport(List.of(HELD));
        apply(web(PORT, "172.18.0.2"));
        assertThat(String.join("\n", told)).doesNotContain("node_services {");
        apply(web(PORT, "172.18.0.3"));
        assertThat(String.join("\n", told)).doesNotContain("node_services {");

        report = ProxyReport.allServed();
        apply(web(PORT, "172.18.0.3"));
        assertThat(told).last().asString().contains("add element ip t node_services { " + PORT);
        report = new ProxyReport(List.of(HELD));
        apply(web(PORT, "172.18.0.3"));
        assertThat(told).last().asString().contains("delete element ip t node_services { " + PORT);
    }

    @Test
    void aNewPortOfTheMachineTakesNothingFromThoseThatAreServed() {
        apply(web(PORT, "172.18.0.2"));
        apply(web(PORT, "172.18.0.2"), other(PORT + 1));
        assertThat(String.join("\n", told)).doesNotContain("delete");
        assertThat(told).last().asString().contains("node_services { " + (PORT + 1));
    }

    private static ServicePort other(int nodePort) {
        return new ServicePort(
                "default",
                "other",
                "",
                List.of("10.96.0.6"),
                80,
                nodePort,
                "TCP",
                null,
                List.of(new Endpoint("172.18.0.9", 8080)),
                List.of());
    }

    @Test
    void afterARefusalItAsksToBeToldAgain() {
        assertThat(apply(web(PORT, "172.18.0.2")).again()).isFalse();
        refused = script -> script.contains("172.18.0.3");
        ProxyReport refusal = apply(web(PORT, "172.18.0.3"));
        assertThat(refusal.again()).isTrue();
        assertThat(refusal.problems()).as("the sockets serve").isEmpty();
        assertThat(proxy.name()).isEqualTo("sockets");

        refused = script -> false;
        assertThat(apply(web(PORT, "172.18.0.3")).again()).isFalse();
        assertThat(proxy.name()).isEqualTo("nftables");
    }
}
