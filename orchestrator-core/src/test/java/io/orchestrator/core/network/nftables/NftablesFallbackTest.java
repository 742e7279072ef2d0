package io.orchestrator.core.network.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.network.address.Command;
import io.orchestrator.core.network.address.Command.CommandFailure;
import io.orchestrator.core.network.address.Command.Result;
import io.orchestrator.spi.network.ProxyReport;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NftablesFallbackTest {
    private static final ServiceTable TABLE = new ServiceTable(List.of(new ServicePort(
            "default",
            "web",
            "",
            List.of("10.96.0.5"),
            80,
            0,
            "TCP",
            null,
            List.of(new Endpoint("172.18.0.2", 8080)),
            List.of())));

    private final List<String> scripts = new ArrayList<>();
    private final Beneath beneath = new Beneath();
    private Result answer = new Result(0, "");

    private final Command nft = (command, input, deadline) -> {
        scripts.add(input);
        return answer;
    };

    @Test
    void aRefusalLeavesEverythingToTheProxyBeneathUntilTheNextTable() {
        NftablesProxy proxy = new NftablesProxy(beneath, nft, "t", new Random(1));
        proxy.apply(ServiceTable.empty());
        assertThat(proxy.name()).isEqualTo("nftables");
        answer = new Result(1, "Error: Operation not permitted\nmore");
        proxy.apply(TABLE);
        assertThat(proxy.name()).isEqualTo("beneath");
        assertThat(proxy.failure()).isEqualTo("Error: Operation not permitted");
        assertThat(scripts).last().asString().contains("delete table");
        answer = new Result(0, "");
        proxy.apply(TABLE);
        assertThat(proxy.name()).isEqualTo("nftables");
        assertThat(proxy.failure()).isEmpty();
        assertThat(scripts).last().asString().contains("10.96.0.5 . 80 : goto");
        assertThat(beneath.applied).isEqualTo(3);
    }

    @Test
    void aKernelThatCannotBeToldHowLongItRemembersGetsRulesWithoutThat() {
        Command old = (command, input, deadline) -> {
            scripts.add(input);
            return new Result(input.contains("ct timeout") ? 1 : 0, "Error: Operation not supported");
        };
        NftablesProxy proxy = new NftablesProxy(beneath, old, "t", new Random(1));
        proxy.apply(TABLE);
        assertThat(proxy.name()).isEqualTo("nftables");
        assertThat(proxy.failure()).isEmpty();
        assertThat(scripts).last().asString().contains("10.96.0.5 . 80 : goto").doesNotContain("ct timeout");
    }

    @Test
    void anNftThatSaysNothingAboutDatagramsIsAskedAgainWithTheNextTable() {
        List<String> scripts = new ArrayList<>();
        Command busy = (command, input, deadline) -> {
            if (input.contains("udp_services {") && scripts.stream().noneMatch(each -> each.equals("busy"))) {
                scripts.add("busy");
                throw new CommandFailure("nft did not end within 20 s");
            }
            scripts.add(input);
            return new Result(0, "");
        };
        NftablesProxy proxy = new NftablesProxy(beneath, busy, "t", new Random(1));
        ServiceTable names = new ServiceTable(List.of(new ServicePort(
                "default",
                "dns",
                "",
                List.of("10.96.0.10"),
                53,
                0,
                "UDP",
                null,
                List.of(new Endpoint("10.0.0.1", 53)),
                List.of())));
        proxy.apply(names);
        assertThat(String.join("\n", scripts)).doesNotContain("10.96.0.10");
        proxy.apply(names);
        assertThat(scripts).last().asString().contains("udp_services { 10.96.0.10 . 53 : goto udp_spread }");
    }

    @Test
    void withoutTheCommandNothingIsLost() {
        NftablesProxy proxy = new NftablesProxy(
                beneath,
                (command, input, deadline) -> {
                    throw new CommandFailure("nft could not be run");
                },
                "t",
                new Random(1));
        proxy.apply(TABLE);
        assertThat(proxy.name()).isEqualTo("beneath");
        assertThat(proxy.failure()).contains("could not be run");
        assertThat(beneath.applied).isEqualTo(1);
        proxy.close();
        assertThat(beneath.closed).isTrue();
    }

    @Test
    void anObstacleIsSaidInWords() {
        answer = new Result(1, "Error: netlink: not permitted");
        assertThat(NftablesProxy.obstacle(nft, "t")).contains("Error: netlink: not permitted");
        answer = new Result(0, "");
        assertThat(NftablesProxy.obstacle(nft, "t")).isEmpty();
    }

    @Test
    void aKernelThatCannotBeToldHowLongItRemembersHasAShortcomingAndNoObstacle() {
        Command old = (command, input, deadline) ->
                new Result(input.contains("ct timeout") ? 1 : 0, "Error: Operation not supported");
        assertThat(NftablesProxy.shortcoming(old, "t")).contains("Error: Operation not supported");
        assertThat(NftablesProxy.obstacle(old, "t")).isEmpty();
    }

    private static final class Beneath implements ServiceProxy {
        int applied;
        boolean closed;

        @Override
        public String name() {
            return "beneath";
        }

        @Override
        public ProxyReport apply(ServiceTable table) {
            applied++;
            return ProxyReport.allServed();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
