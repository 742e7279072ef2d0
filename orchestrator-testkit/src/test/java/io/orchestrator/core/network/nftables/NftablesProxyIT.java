package io.orchestrator.core.network.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.network.address.Command;
import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.core.network.userspace.Settings;
import io.orchestrator.core.network.userspace.UserSpaceProxy;
import io.orchestrator.spi.network.ProxyReport;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import io.orchestrator.testkit.junit.RequiresRoot;
import io.orchestrator.testkit.network.EchoServer;
import io.orchestrator.testkit.network.ServiceClient;
import io.orchestrator.testkit.network.ServiceProxyContract;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packet rules in this machine's kernel. */
@RequiresRoot
class NftablesProxyIT extends ServiceProxyContract {
    private static final Command COMMAND = new HostCommand();
    private final List<SystemEnvironment> systems = new ArrayList<>();
    private final String table = "orchestrator_test_" + ProcessHandle.current().pid();

    @BeforeEach
    void needsNft() {
        Optional<String> obstacle = NftablesProxy.obstacle(COMMAND, table + "_probe");
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> "this machine's kernel takes no rules: " + obstacle);
    }

    @Override
    protected ServiceProxy open() {
        SystemEnvironment system = new SystemEnvironment("nft-test-" + systems.size());
        systems.add(system);
        return new NftablesProxy(new UserSpaceProxy(system.environment(), Settings.defaults()), COMMAND, table);
    }

    @AfterEach
    void nothingIsLeft() {
        proxy().close();
        systems.forEach(SystemEnvironment::close);
        assertThat(rules()).isEmpty();
    }

    private String rules() {
        Command.Result result = COMMAND.run(List.of("nft", "list", "table", "ip", table), "", Duration.ofSeconds(10));
        return result.succeeded() ? result.output() : "";
    }

    /** With nothing beneath, whatever is served is served by the kernel. */
    private NftablesProxy alone() {
        proxy().close();
        return new NftablesProxy(new NoProxy(), COMMAND, table);
    }

    @Test
    void theKernelServesByItself() throws IOException {
        try (NftablesProxy alone = alone()) {
            ServicePort web = service(server("a"), server("b"));
            alone.apply(new ServiceTable(List.of(web)));
            assertThat(alone.name()).isEqualTo("nftables");
            for (int i = 0; i < 10; i++) {
                assertThat(who(web)).isIn("a", "b");
            }
        }
    }

    @Test
    void aChangeTakesWhatDiffersAndLeavesConnectionsAlone() throws IOException {
        try (NftablesProxy alone = alone()) {
            EchoServer a = server("a");
            EchoServer b = server("b");
            ServicePort web = service(a);
            ServicePort other = service(server("c"));
            alone.apply(new ServiceTable(List.of(web, other)));
            try (ServiceClient client = connect(web)) {
                alone.apply(new ServiceTable(List.of(leadingTo(web, endpoints(b), endpoints(a)), other)));
                assertThat(who(web)).isEqualTo("b");
                assertThat(client.echo("still")).isEqualTo("still");
            }
            assertThat(who(other)).isEqualTo("c");
        }
    }

    @Test
    void whatAKilledProcessLeftIsReplaced() throws IOException {
        NftablesProxy killed = alone();
        ServicePort web = service(server("old"));
        killed.apply(new ServiceTable(List.of(web)));
        try (NftablesProxy next = new NftablesProxy(new NoProxy(), COMMAND, table)) {
            ServicePort again = leadingTo(web, endpoints(server("new")), List.of());
            next.apply(new ServiceTable(List.of(again)));
            assertThat(who(web)).isEqualTo("new");
        }
    }

    @Test
    void aTableThatSomebodyTakesAwayIsMadeAgain() throws IOException {
        ServicePort web = service(server("a"));
        apply(web);
        COMMAND.run(List.of("nft", "delete", "table", "ip", table), "", Duration.ofSeconds(10));
        assertThat(who(web)).isEqualTo("a");
        ServicePort changed = leadingTo(web, endpoints(server("b")), List.of());
        apply(changed);
        assertThat(who(web)).isEqualTo("b");
        assertThat(proxy().name()).isEqualTo("userspace");
        apply(changed);
        assertThat(proxy().name()).isEqualTo("nftables");
        assertThat(who(web)).isEqualTo("b");
    }

    /** Serves nothing. */
    private static final class NoProxy implements ServiceProxy {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public ProxyReport apply(ServiceTable table) {
            return ProxyReport.allServed();
        }

        @Override
        public void close() {}
    }
}
