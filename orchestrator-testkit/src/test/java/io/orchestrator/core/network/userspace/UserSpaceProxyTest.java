package io.orchestrator.core.network.userspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.network.Balancing;
import io.orchestrator.spi.network.ProxyReport;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import io.orchestrator.testkit.network.EchoServer;
import io.orchestrator.testkit.network.ServiceClient;
import io.orchestrator.testkit.network.ServiceProxyContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UserSpaceProxyTest extends ServiceProxyContract {
    private final List<SystemEnvironment> systems = new ArrayList<>();

    @Override
    protected ServiceProxy open() {
        SystemEnvironment system = new SystemEnvironment("proxy-test-" + systems.size());
        systems.add(system);
        return new UserSpaceProxy(system.environment(), Settings.defaults());
    }

    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        proxy().close();
        systems.forEach(SystemEnvironment::close);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("proxy-test")) {
                thread.join(30_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    /** {@code -Dproxy.idle=10000} for the number that the service network promises; each takes four files of this process. */
    @Test
    @Timeout(240)
    void connectionsThatSayNothingCostNeitherThreadsNorBuffers() throws IOException {
        int count = Integer.getInteger("proxy.idle", 500);
        List<SocketChannel> open = new ArrayList<>();
        try (ServerSocketChannel silent = ServerSocketChannel.open()) {
            silent.bind(new InetSocketAddress(endpointAddress(), 0), 1024);
            Endpoint endpoint = new Endpoint(endpointAddress(), silent.socket().getLocalPort());
            ServicePort idle = leadingTo(service(), List.of(endpoint), List.of());
            ServicePort busy = service(server("busy"));
            apply(idle, busy);
            assertThat(who(busy)).isEqualTo("busy");
            long threads = proxyThreads();
            long buffers = directBytes();
            for (int i = 0; i < count; i++) {
                open.add(SocketChannel.open(
                        new InetSocketAddress(idle.addresses().get(0), idle.port())));
                open.add(silent.accept());
            }
            assertThat(who(busy)).isEqualTo("busy");
            // Two at once may have needed one more.
            assertThat(proxyThreads()).isLessThan(threads + 10);
            assertThat(directBytes() - buffers).isLessThan(count * 1024L);
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }

    private static long proxyThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("proxy-test"))
                .count();
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Test
    void anEndpointThatDoesNotAcceptIsPassedOver() throws IOException {
        EchoServer alive = server("alive");
        try (Socket held = new Socket()) {
            ServicePort web = leadingTo(service(), List.of(refusing(held), alive.endpoint()), List.of());
            apply(web);
            for (int i = 0; i < 10; i++) {
                assertThat(who(web)).isEqualTo("alive");
            }
        }
    }

    @Test
    void whenNoEndpointAcceptsTheClientIsReset() throws IOException {
        try (Socket held = new Socket()) {
            ServicePort web = leadingTo(service(), List.of(refusing(held)), List.of());
            apply(web);
            assertThatThrownBy(() -> who(web)).isInstanceOf(IOException.class);
        }
    }

    /** Where nobody listens, and nobody will: the port is taken as long as the socket is open. */
    private Endpoint refusing(Socket held) throws IOException {
        held.bind(new InetSocketAddress(endpointAddress(), 0));
        return new Endpoint(held.getLocalAddress().getHostAddress(), held.getLocalPort());
    }

    @Test
    void aPortInUseIsReportedTheRestIsServedAndItIsTriedAgain() throws IOException {
        ServicePort taken = service(server("a"));
        ServicePort free = service(server("b"));
        String address = taken.addresses().get(0);
        ServiceTable table = new ServiceTable(List.of(taken, free));
        try (ServerSocket squatter = new ServerSocket(taken.port(), 1, InetAddress.getByName(address))) {
            assertThat(squatter.isBound()).isTrue();
            ProxyReport report = proxy().apply(table);
            assertThat(report.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.reason()).isEqualTo("PortInUse");
                assertThat(problem.address()).isEqualTo(address);
                assertThat(problem.service()).isEqualTo(taken.service());
            });
            assertThat(who(free)).isEqualTo("b");
        }
        assertThat(proxy().apply(table).problems()).isEmpty();
        assertThat(who(taken)).isEqualTo("a");
    }

    @Test
    void whatCannotBeServedKeepsNoOtherServiceFromFollowingItsEndpoints() throws IOException {
        ServicePort web = service(server("a"));
        ServicePort elsewhere = new ServicePort(
                "default", "far", "", List.of("192.0.2.200"), 18_080, 0, "TCP", null, web.endpoints(), List.of());
        ServicePort twice = new ServicePort(
                "default", "late", "", web.addresses(), web.port(), 0, "TCP", null, web.endpoints(), List.of());
        assertThat(proxy().apply(new ServiceTable(List.of(web, elsewhere, twice)))
                        .problems())
                .hasSize(2);
        ServicePort moved = leadingTo(web, endpoints(server("b")), List.of());
        ServicePort second = leadingTo(twice, endpoints(server("c")), List.of());
        assertThat(proxy().apply(new ServiceTable(List.of(moved, elsewhere, second)))
                        .problems())
                .extracting(ProxyReport.Problem::service)
                .containsExactlyInAnyOrder("far", "late");
        assertThat(who(web)).isEqualTo("b");
    }

    @Test
    void anAddressOfAnotherMachineIsReported() {
        ServicePort elsewhere = new ServicePort(
                "default", "web", "", List.of("192.0.2.1"), 80, 0, "TCP", null, endpoints(server("a")), List.of());
        assertThat(proxy().apply(new ServiceTable(List.of(elsewhere))).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).isEqualTo("AddressNotAvailable"));
    }

    @Test
    void twoServicesOnOneAddressGiveTheSecondAProblem() throws IOException {
        ServicePort first = service(server("a"));
        ServicePort second = new ServicePort(
                "default",
                "other",
                "http",
                first.addresses(),
                first.port(),
                0,
                "TCP",
                null,
                endpoints(server("b")),
                List.of());
        assertThat(proxy().apply(new ServiceTable(List.of(first, second))).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.service()).isEqualTo("other");
                    assertThat(problem.message()).contains("default/" + first.service());
                });
        assertThat(who(first)).isEqualTo("a");
    }

    @Test
    void connectionsEndWithTheirService() throws IOException {
        ServicePort web = service(server("a"));
        apply(web);
        try (ServiceClient client = connect(web)) {
            apply();
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aConnectionOutlivesItsEndpointsPlaceInTheTable() throws IOException {
        ServicePort web = service(server("a"));
        apply(web);
        try (ServiceClient client = connect(web)) {
            apply(leadingTo(web, List.of(), List.of()));
            assertThat(client.echo("on")).isEqualTo("on");
        }
    }

    @Test
    void closingTheProxyEndsItsConnections() throws IOException {
        ServicePort web = service(server("a"));
        apply(web);
        try (ServiceClient client = connect(web)) {
            proxy().close();
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aClientsResetReachesTheEndpoint() throws Exception {
        EchoServer a = server("a");
        ServicePort web = service(a);
        apply(web);
        for (int i = 0; i < 50; i++) {
            try (ServiceClient client = connect(web)) {
                client.out().write(new byte[100_000]);
            }
        }
        assertThat(a.accepted()).isEqualTo(50);
        assertThat(who(web)).isEqualTo("a");
    }

    @Test
    void whoIsOutsideTheRangesIsNotServed() throws IOException {
        ServicePort web = service(server("a"));
        apply(servedTo(web, "127.0.0.8/29"));
        assertThat(whoAnswers(web, "127.0.0.9")).isEqualTo("a");
        assertThatThrownBy(() -> whoAnswers(web, "127.0.0.16")).isInstanceOf(IOException.class);
        assertThat(whoAnswers(web, "127.0.0.1")).as("the node itself").isEqualTo("a");
    }

    @Test
    void rangesThatAreNoneServeNobodyAndLeaveOtherServicesAlone() throws IOException {
        ServicePort web = service(server("a"));
        ServicePort other = service(server("b"));
        apply(servedTo(web, "127.0.0.0/x", "127.0.0.0/40", "fd00::/8"), other);
        assertThatThrownBy(() -> whoAnswers(web, "127.0.0.9")).isInstanceOf(IOException.class);
        assertThat(who(other)).isEqualTo("b");

        apply(servedTo(web, "127.0.0.0/x", "127.0.0.8/29"), other);
        assertThat(whoAnswers(web, "127.0.0.9")).isEqualTo("a");
    }

    @Test
    void anAddressThatCannotBeBoundForItsShapeIsReportedAndTheRestIsServed() throws IOException {
        ServicePort odd = new ServicePort(
                "default", "odd", "", List.of("127.0.0.1"), 70_000, 0, "TCP", null, endpoints(server("a")), List.of());
        ServicePort web = service(server("b"));
        assertThat(proxy().apply(new ServiceTable(List.of(odd, web))).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.service()).isEqualTo("odd");
                    assertThat(problem.reason()).isEqualTo("NotServed");
                });
        assertThat(who(web)).isEqualTo("b");
    }

    private static ServicePort servedTo(ServicePort port, String... ranges) {
        return new ServicePort(
                port.namespace(),
                port.service(),
                port.portName(),
                port.addresses(),
                port.port(),
                0,
                "TCP",
                null,
                port.endpoints(),
                List.of(),
                List.of(ranges));
    }

    private static String whoAnswers(ServicePort web, String from) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.setSoTimeout(30_000);
            socket.connect(new InetSocketAddress(web.addresses().get(0), web.port()), 30_000);
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if (line == null) {
                throw new IOException("ended");
            }
            return line;
        }
    }

    @Test
    void aClientsDatagramsAreForgottenWhenItIsSilent() throws IOException {
        proxy().close();
        SystemEnvironment system = new SystemEnvironment("proxy-test-brief");
        systems.add(system);
        try (UserSpaceProxy brief = new UserSpaceProxy(
                        system.environment(), Settings.defaults().withUdpIdle(Duration.ofMillis(100)));
                DatagramSocket socket = new DatagramSocket()) {
            ServicePort web = service(server("a"), server("b"));
            ServicePort dns = new ServicePort(
                    "default", "dns", "", web.addresses(), web.port(), 0, "UDP", null, web.endpoints(), List.of());
            assertThat(brief.apply(new ServiceTable(List.of(dns))).problems()).isEmpty();
            String address = dns.addresses().get(0);
            String first = ServiceClient.whoAnswers(socket, address, dns.port());
            // Who is forgotten takes the next turn.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> !ServiceClient.whoAnswers(socket, address, dns.port())
                            .equals(first));
        }
    }

    @Test
    void connectionsGoWhereThereAreFewest() throws IOException {
        proxy().close();
        SystemEnvironment system = new SystemEnvironment("proxy-test-idlest");
        systems.add(system);
        try (UserSpaceProxy idlest = new UserSpaceProxy(
                system.environment(), Settings.defaults().withBalancing(Balancing.LEAST_CONNECTIONS))) {
            EchoServer a = server("a");
            ServicePort web = service(a, server("b"));
            idlest.apply(new ServiceTable(List.of(web)));
            List<ServiceClient> held = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                held.add(connect(web));
            }
            List<ServiceClient> ofA =
                    held.stream().filter(client -> client.server().equals("a")).toList();
            assertThat(ofA).hasSize(2);
            for (ServiceClient client : ofA) {
                client.close();
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> a.open() == 0);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> who(web).equals("a"));
            for (int i = 0; i < 2; i++) {
                ServiceClient client = connect(web);
                assertThat(client.server()).isEqualTo("a");
                held.add(client);
            }
            for (ServiceClient client : held) {
                client.close();
            }
        }
    }
}
