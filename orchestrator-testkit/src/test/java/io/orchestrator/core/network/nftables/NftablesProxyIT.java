package io.orchestrator.core.network.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.network.address.Command;
import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.core.network.address.HostRoutes;
import io.orchestrator.core.network.userspace.Settings;
import io.orchestrator.core.network.userspace.UserSpaceProxy;
import io.orchestrator.spi.network.ProxyReport;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import io.orchestrator.testkit.junit.RequiresRoot;
import io.orchestrator.testkit.network.EchoServer;
import io.orchestrator.testkit.network.FreePort;
import io.orchestrator.testkit.network.ServiceClient;
import io.orchestrator.testkit.network.ServiceProxyContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
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
    private final String others = table + "_others";

    @BeforeEach
    void needsNft() {
        Optional<String> obstacle = NftablesProxy.obstacle(COMMAND, table + "_probe");
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> "this machine's kernel takes no rules: " + obstacle);
    }

    @Override
    protected ServiceProxy open() {
        SystemEnvironment system = new SystemEnvironment("nft-test-" + systems.size());
        systems.add(system);
        return new NftablesProxy(
                new UserSpaceProxy(system.environment(), Settings.defaults()), COMMAND, table, new Random());
    }

    private final ExecutorService askers = Executors.newCachedThreadPool();
    private final List<Socket> held = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() throws IOException {
        askers.shutdownNow();
        for (Socket each : held) {
            each.close();
        }
        proxy().close();
        systems.forEach(SystemEnvironment::close);
        assertThat(rules()).isEmpty();
        // Deleted whether it is there or not.
        String script = "add table ip %1$s\ndelete table ip %1$s\n".formatted(others);
        COMMAND.run(List.of("nft", "-f", "-"), script, Duration.ofSeconds(60));
    }

    private String rules() {
        Command.Result result = COMMAND.run(List.of("nft", "list", "table", "ip", table), "", Duration.ofSeconds(60));
        return result.succeeded() ? result.output() : "";
    }

    /** With nothing beneath, whatever is served is served by the kernel. */
    private NftablesProxy alone() {
        proxy().close();
        return new NftablesProxy(new NoProxy(), COMMAND, table, new Random());
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
    void theKernelKeepsAClientWithItsEndpointWhileThatIsReady() throws IOException {
        try (NftablesProxy alone = alone()) {
            EchoServer a = server("a");
            EchoServer b = server("b");
            ServicePort web = of(service(a, b), 0, Duration.ofHours(3));
            alone.apply(new ServiceTable(List.of(web)));
            String first = who(web);
            for (int i = 0; i < 20; i++) {
                assertThat(who(web)).isEqualTo(first);
            }
            EchoServer other = first.equals("a") ? b : a;
            alone.apply(new ServiceTable(List.of(leadingTo(web, endpoints(other), List.of()))));
            assertThat(who(web)).isEqualTo(other.name());
            alone.apply(new ServiceTable(List.of(web)));
            for (int i = 0; i < 20; i++) {
                assertThat(who(web)).isEqualTo(other.name());
            }
        }
    }

    @Test
    void theKernelForgetsAClientAfterItsTime() throws Exception {
        try (NftablesProxy alone = alone()) {
            ServicePort web = of(service(server("a"), server("b")), 0, Duration.ofSeconds(1));
            alone.apply(new ServiceTable(List.of(web)));
            String first = who(web);
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(1200))
                    .until(() -> !who(web).equals(first));
        }
    }

    @Test
    void theKernelServesPortsOfThisMachine() throws IOException {
        try (NftablesProxy alone = alone()) {
            int port = FreePort.find();
            ServicePort web = of(service(server("a")), port, null);
            alone.apply(new ServiceTable(List.of(web)));
            assertThat(ServiceClient.whoAnswers(nodeAddress(), port)).isEqualTo("a");
            alone.apply(ServiceTable.empty());
            assertThatThrownBy(() -> ServiceClient.whoAnswers(nodeAddress(), port))
                    .isInstanceOf(ConnectException.class);
        }
    }

    /** Whoever listens there is not robbed of its clients; an address of the cluster's own is nobody else's. */
    @Test
    void anAddressOfThisMachineOnWhichSomebodyElseListensIsLeftToThem() throws IOException {
        proxy().close();
        EchoServer theirs = server("theirs");
        EchoServer ours = server("ours");
        SystemEnvironment system = new SystemEnvironment("nft-test-shared");
        systems.add(system);
        try (NftablesProxy careful = new NftablesProxy(
                new UserSpaceProxy(system.environment(), Settings.defaults()),
                COMMAND,
                table,
                new Random(),
                new Surroundings(
                        address -> !address.equals(endpointAddress()), address -> true, HostRoutes::ofThisMachine))) {
            Endpoint held = theirs.endpoint();
            ServicePort external = new ServicePort(
                    "default",
                    "web",
                    "",
                    List.of(held.address()),
                    held.port(),
                    0,
                    "TCP",
                    null,
                    endpoints(ours),
                    List.of());
            ServicePort web = service(ours);
            ProxyReport report = careful.apply(new ServiceTable(List.of(external, web)));
            assertThat(report.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.reason()).isEqualTo("PortInUse"));
            assertThat(who(external)).isEqualTo("theirs");
            assertThat(who(web)).isEqualTo("ours");
            theirs.close();
            assertThat(careful.apply(new ServiceTable(List.of(external, web))).problems())
                    .isEmpty();
            assertThat(who(external)).isEqualTo("ours");
            assertThat(rules()).contains(held.address() + " . " + held.port() + " : goto spread_1");
        }
    }

    private static ServicePort of(ServicePort port, int nodePort, @Nullable Duration affinity) {
        return new ServicePort(
                port.namespace(),
                port.service(),
                port.portName(),
                port.addresses(),
                port.port(),
                nodePort,
                port.protocol(),
                affinity,
                port.endpoints(),
                port.draining());
    }

    /** The kernel remembers a client for as long as it sends, and is told to forget it by another zone. */
    @Test
    void theKernelLeadsDatagramsAndForgetsAnEndpointThatIsGoneButNoOther() throws IOException {
        try (NftablesProxy alone = alone();
                DatagramSocket moving = new DatagramSocket();
                DatagramSocket staying = new DatagramSocket()) {
            EchoServer a = server("a");
            EchoServer b = server("b");
            ServicePort dns = datagrams(service(a), 0);
            alone.apply(new ServiceTable(List.of(dns)));
            assertThat(asked(moving, dns)).isEqualTo("a");
            alone.apply(new ServiceTable(List.of(leadingTo(dns, endpoints(b), endpoints(a)))));
            assertThat(asked(moving, dns)).isEqualTo("a");
            assertThat(asked(staying, dns)).isEqualTo("b");
            alone.apply(new ServiceTable(List.of(leadingTo(dns, endpoints(b), List.of()))));
            assertThat(asked(moving, dns)).isEqualTo("b");
            assertThat(asked(staying, dns)).isEqualTo("b");
            alone.apply(new ServiceTable(List.of(leadingTo(dns, endpoints(b, server("c")), List.of()))));
            for (int i = 0; i < 5; i++) {
                assertThat(asked(staying, dns)).isEqualTo("b");
                assertThat(asked(moving, dns)).isEqualTo("b");
            }
        }
    }

    @Test
    void theKernelSpreadsDatagramsAndServesPortsOfThisMachineByThem() throws IOException {
        try (NftablesProxy alone = alone()) {
            int port = FreePort.find();
            EchoServer a = server("a");
            ServicePort dns = datagrams(service(a, server("b")), port);
            alone.apply(new ServiceTable(List.of(dns)));
            Set<String> names = new HashSet<>();
            for (int i = 0; i < 200 && names.size() < 2; i++) {
                try (DatagramSocket socket = new DatagramSocket()) {
                    names.add(asked(socket, dns));
                }
            }
            assertThat(names).containsExactlyInAnyOrder("a", "b");
            try (DatagramSocket socket = new DatagramSocket()) {
                assertThat(ServiceClient.whoAnswers(socket, nodeAddress(), port))
                        .isIn("a", "b");
                alone.apply(new ServiceTable(List.of(datagrams(leadingTo(dns, endpoints(a), List.of()), port))));
                assertThat(ServiceClient.whoAnswers(socket, nodeAddress(), port))
                        .isEqualTo("a");
            }
        }
    }

    private static ServicePort datagrams(ServicePort port, int nodePort) {
        return new ServicePort(
                port.namespace(),
                port.service(),
                port.portName(),
                port.addresses(),
                port.port(),
                nodePort,
                "UDP",
                port.affinity(),
                port.endpoints(),
                port.draining());
    }

    private static String asked(DatagramSocket from, ServicePort port) throws IOException {
        return ServiceClient.whoAnswers(from, port.addresses().get(0), port.port());
    }

    @Test
    void theKernelLeadsClientsOfAServicesRangesAlone() throws IOException {
        try (NftablesProxy alone = alone()) {
            ServicePort web = service(server("a"));
            alone.apply(new ServiceTable(List.of(forClients(web, "192.0.2.0/24"))));
            assertThatThrownBy(() -> who(web)).isInstanceOf(ConnectException.class);
            alone.apply(new ServiceTable(List.of(forClients(web, "192.0.2.0/24", "127.0.0.0/8"))));
            assertThat(who(web)).isEqualTo("a");
        }
    }

    private static ServicePort forClients(ServicePort port, String... ranges) {
        return new ServicePort(
                port.namespace(),
                port.service(),
                port.portName(),
                port.addresses(),
                port.port(),
                port.nodePort(),
                port.protocol(),
                port.affinity(),
                port.endpoints(),
                port.draining(),
                List.of(ranges));
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
    void anEndpointThatRefusesIsPassedOver() throws Exception {
        try (NftablesProxy alone = alone()) {
            EchoServer a = server("a");
            ServicePort web = service(a);
            List<Endpoint> both = List.of(a.endpoint(), nobody());
            alone.apply(new ServiceTable(List.of(leadingTo(web, both, List.of()))));
            List<CompletableFuture<String>> clients = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                clients.add(asks(web));
            }
            // Half of them have met nobody by now, and ask again a second after that.
            alone.apply(new ServiceTable(List.of(web)));
            for (CompletableFuture<String> client : clients) {
                assertThat(client.get(60, TimeUnit.SECONDS)).isEqualTo("a");
            }
        }
    }

    @Test
    void anEndpointThatHangsIsPassedOver() throws Exception {
        try (NftablesProxy alone = alone();
                ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName(endpointAddress()))) {
            EchoServer a = server("a");
            ServicePort web = service(a);
            Endpoint hung = new Endpoint(endpointAddress(), full.getLocalPort());
            List<Socket> waiting = new ArrayList<>();
            try {
                // Nobody accepts: what does not fit the queue is not answered.
                for (int i = 0; i < 3; i++) {
                    Socket socket = new Socket();
                    waiting.add(socket);
                    socket.connect(full.getLocalSocketAddress(), 300);
                }
            } catch (SocketTimeoutException e) {
                assertThat(waiting).isNotEmpty();
            }
            alone.apply(new ServiceTable(List.of(leadingTo(web, List.of(hung), List.of()))));
            CompletableFuture<String> client = asks(web);
            assertThatThrownBy(() -> client.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            alone.apply(new ServiceTable(List.of(web)));
            assertThat(client.get(60, TimeUnit.SECONDS)).isEqualTo("a");
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void whereAllRefuseTheClientIsRefusedAfterTwoMoreAttempts() throws Exception {
        try (NftablesProxy alone = alone()) {
            ServicePort web = service();
            alone.apply(new ServiceTable(List.of(leadingTo(web, List.of(nobody()), List.of()))));
            long start = System.nanoTime();
            assertThatThrownBy(() -> asks(web).get(60, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(ConnectException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void whatOthersLeadFromAnotherPortOfAnAddressIsRefusedAtOnce() throws Exception {
        try (NftablesProxy alone = alone()) {
            ServicePort web = service(server("a"));
            alone.apply(new ServiceTable(List.of(web)));
            Endpoint theirs = new Endpoint(web.addresses().get(0), web.port() + 1);
            othersLead(theirs, nobody());

            assertThatThrownBy(() -> ServiceClient.whoAnswers(theirs.address(), theirs.port()))
                    .isInstanceOf(ConnectException.class);

            assertThat(spared()).doesNotContain("elements");
            assertThat(who(web)).isEqualTo("a");
        }
    }

    /** As Docker leads the ports that it publishes. */
    private void othersLead(Endpoint from, Endpoint to) {
        String script = """
            table ip %s {
              chain output {
                type nat hook output priority -100; policy accept;
                ip daddr %s tcp dport %d dnat to %s:%d
              }
            }
            """.formatted(others, from.address(), from.port(), to.address(), to.port());
        Command.Result result = COMMAND.run(List.of("nft", "-f", "-"), script, Duration.ofSeconds(60));
        assertThat(result.succeeded()).as(result.output()).isTrue();
    }

    /** The clients from which a refusal was kept lately. */
    private String spared() {
        Command.Result result =
                COMMAND.run(List.of("nft", "list", "set", "ip", table, "once"), "", Duration.ofSeconds(60));
        assertThat(result.succeeded()).as(result.output()).isTrue();
        return result.output();
    }

    private CompletableFuture<String> asks(ServicePort web) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return who(web);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                askers);
    }

    /** Where nobody listens, and nobody will: the port is taken until the test is over. */
    private Endpoint nobody() throws IOException {
        Socket mute = new Socket();
        held.add(mute);
        mute.bind(new InetSocketAddress(endpointAddress(), 0));
        return new Endpoint(endpointAddress(), mute.getLocalPort());
    }

    @Test
    void whatAKilledProcessLeftIsReplaced() throws IOException {
        NftablesProxy killed = alone();
        ServicePort web = service(server("old"));
        killed.apply(new ServiceTable(List.of(web)));
        try (NftablesProxy next = new NftablesProxy(new NoProxy(), COMMAND, table, new Random())) {
            ServicePort again = leadingTo(web, endpoints(server("new")), List.of());
            next.apply(new ServiceTable(List.of(again)));
            assertThat(who(web)).isEqualTo("new");
        }
    }

    @Test
    void aTableThatSomebodyTakesAwayIsMadeAgain() throws IOException {
        ServicePort web = service(server("a"));
        apply(web);
        COMMAND.run(List.of("nft", "delete", "table", "ip", table), "", Duration.ofSeconds(60));
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
