package io.orchestrator.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceProxy;
import io.orchestrator.spi.network.ServiceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a {@link ServiceProxy} promises, on real sockets. Implementations inherit it, say how one is opened, and which addresses
 * it can serve.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
public abstract class ServiceProxyContract {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    /** A busy machine may make one attempt a slow one, not each of several. */
    private static final int ATTEMPTS = 5;

    private static final int PORT = 18_080;

    private final List<EchoServer> servers = new ArrayList<>();
    private final Set<String> addresses = new HashSet<>();
    private ServiceProxy proxy;

    /** A fresh proxy; the contract closes it. */
    protected abstract ServiceProxy open();

    /** An address that the proxy can serve and nobody else uses. */
    protected String anAddress() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "127." + random.nextInt(64, 250) + "." + random.nextInt(256) + "." + random.nextInt(2, 250);
    }

    /** Where the endpoints listen. */
    protected String endpointAddress() {
        return "127.0.0.1";
    }

    /** An address on which node ports are served. */
    protected String nodeAddress() {
        return "127.0.0.1";
    }

    @BeforeEach
    void openProxy() {
        proxy = open();
    }

    @AfterEach
    void closeAll() {
        proxy.close();
        servers.forEach(EchoServer::close);
    }

    /** The subject, for tests of one implementation's own promises. */
    protected final ServiceProxy proxy() {
        return proxy;
    }

    protected final EchoServer server(String name) {
        EchoServer server = EchoServer.start(name, endpointAddress());
        servers.add(server);
        return server;
    }

    /** A service on a fresh address, with these as ready endpoints. */
    protected final ServicePort service(EchoServer... ready) {
        String address = anAddress();
        while (!addresses.add(address)) {
            address = anAddress();
        }
        return new ServicePort(
                "default",
                "web-" + addresses.size(),
                "http",
                List.of(address),
                PORT,
                0,
                "TCP",
                null,
                endpoints(ready),
                List.of());
    }

    protected static ServicePort leadingTo(ServicePort port, List<Endpoint> ready, List<Endpoint> draining) {
        return new ServicePort(
                port.namespace(),
                port.service(),
                port.portName(),
                port.addresses(),
                port.port(),
                port.nodePort(),
                port.protocol(),
                port.affinity(),
                ready,
                draining);
    }

    protected static List<Endpoint> endpoints(EchoServer... servers) {
        return Arrays.stream(servers).map(EchoServer::endpoint).toList();
    }

    protected final void apply(ServicePort... ports) {
        assertThat(proxy.apply(new ServiceTable(List.of(ports))).problems()).isEmpty();
    }

    protected static String who(ServicePort port) throws IOException {
        return ServiceClient.whoAnswers(port.addresses().get(0), port.port());
    }

    protected static ServiceClient connect(ServicePort port) throws IOException {
        return ServiceClient.connect(port.addresses().get(0), port.port());
    }

    private static Set<String> whoever(ServicePort port, int connections) throws IOException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < connections; i++) {
            names.add(who(port));
        }
        return names;
    }

    private static void assertRefusedAtOnce(ServicePort port) {
        Duration fastest = Duration.ofDays(1);
        for (int i = 0; i < ATTEMPTS && fastest.compareTo(AT_ONCE) >= 0; i++) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> who(port)).isInstanceOf(IOException.class);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            fastest = took.compareTo(fastest) < 0 ? took : fastest;
        }
        assertThat(fastest).isLessThan(AT_ONCE);
    }

    private static ServicePort withNodePort(ServicePort port, int nodePort) {
        return new ServicePort(
                port.namespace(),
                port.service(),
                port.portName(),
                port.addresses(),
                port.port(),
                nodePort,
                port.protocol(),
                port.affinity(),
                port.endpoints(),
                port.draining());
    }

    private static ServicePort with(ServicePort port, String protocol, @Nullable Duration affinity) {
        return new ServicePort(
                port.namespace(),
                port.service(),
                port.portName(),
                port.addresses(),
                port.port(),
                port.nodePort(),
                protocol,
                affinity,
                port.endpoints(),
                port.draining());
    }

    @Test
    void aConnectionReachesAnEndpointAndAnswersComeBack() throws IOException {
        ServicePort web = service(server("a"));
        apply(web);
        try (ServiceClient client = connect(web)) {
            assertThat(client.server()).isEqualTo("a");
            assertThat(client.echo("hello")).isEqualTo("hello");
            assertThat(client.echo("again")).isEqualTo("again");
        }
    }

    @Test
    void connectionsAreSpreadOverAllEndpoints() throws IOException {
        ServicePort web = service(server("a"), server("b"), server("c"));
        apply(web);
        assertThat(whoever(web, 60)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void newConnectionsFollowTheTableAsSoonAsItIsApplied() throws IOException {
        EchoServer a = server("a");
        EchoServer b = server("b");
        ServicePort web = service(a);
        apply(web);
        assertThat(whoever(web, 10)).containsExactly("a");
        apply(leadingTo(web, endpoints(b), List.of()));
        assertThat(whoever(web, 10)).containsExactly("b");
        apply(leadingTo(web, endpoints(a, b), List.of()));
        assertThat(whoever(web, 60)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aDrainingEndpointKeepsItsConnectionsAndGetsNoNewOnes() throws IOException {
        EchoServer a = server("a");
        EchoServer b = server("b");
        ServicePort web = service(a);
        apply(web);
        try (ServiceClient client = connect(web)) {
            apply(leadingTo(web, endpoints(b), endpoints(a)));
            assertThat(client.echo("still")).isEqualTo("still");
            assertThat(whoever(web, 20)).containsExactly("b");
            assertThat(client.echo("here")).isEqualTo("here");
        }
    }

    @Test
    void drainingEndpointsAreBetterThanNone() throws IOException {
        EchoServer a = server("a");
        ServicePort web = service();
        apply(leadingTo(web, List.of(), endpoints(a)));
        assertThat(who(web)).isEqualTo("a");
    }

    @Test
    void withoutEndpointsClientsAreRefusedAtOnce() throws IOException {
        EchoServer a = server("a");
        ServicePort web = service();
        apply(web);
        assertRefusedAtOnce(web);
        apply(leadingTo(web, endpoints(a), List.of()));
        assertThat(who(web)).isEqualTo("a");
        apply(web);
        assertRefusedAtOnce(web);
    }

    @Test
    void aServiceThatIsGoneIsNoLongerServed() throws IOException {
        ServicePort web = service(server("a"));
        ServicePort other = service(server("b"));
        apply(web, other);
        assertThat(who(web)).isEqualTo("a");
        apply(other);
        assertRefusedAtOnce(web);
        assertThat(who(other)).isEqualTo("b");
    }

    @Test
    void whatDoesNotChangeIsNotDisturbed() throws IOException {
        ServicePort web = service(server("a"));
        ServicePort other = service(server("b"));
        apply(web);
        try (ServiceClient client = connect(web)) {
            apply(web);
            apply(web, other);
            apply(leadingTo(web, endpoints(server("c")), web.endpoints()), other);
            apply(web);
            assertThat(client.echo("undisturbed")).isEqualTo("undisturbed");
        }
    }

    @Test
    void affinityKeepsAClientWithItsEndpointWhileThatIsReady() throws IOException {
        EchoServer a = server("a");
        EchoServer b = server("b");
        ServicePort web = with(service(a, b), "TCP", Duration.ofHours(3));
        apply(web);
        Set<String> first = whoever(web, 20);
        assertThat(first).hasSize(1);
        EchoServer other = first.contains("a") ? b : a;
        apply(leadingTo(web, endpoints(other), List.of()));
        assertThat(whoever(web, 5)).containsExactly(other.name());
        apply(web);
        assertThat(whoever(web, 20)).containsExactly(other.name());
    }

    @Test
    void anEndOfOneDirectionLeavesTheOtherOpen() throws IOException {
        ServicePort web = service(server("a"));
        apply(web);
        try (ServiceClient client = connect(web)) {
            client.out().write("last words".getBytes());
            client.endOutput();
            assertThat(new String(client.in().readAllBytes())).isEqualTo("last words");
        }
    }

    @Test
    void anEndpointsEndReachesTheClient() throws IOException {
        EchoServer a = server("a");
        ServicePort web = service(a);
        apply(web);
        try (ServiceClient client = connect(web)) {
            a.dropConnections();
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void muchDataArrivesWholeAlsoWhenTheReaderIsSlow() throws Exception {
        ServicePort web = service(server("a"));
        apply(web);
        byte[] sent = new byte[48 << 20];
        new Random(1).nextBytes(sent);
        try (ServiceClient client = connect(web)) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    client.out().write(sent);
                    client.endOutput();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            // Nothing is read until every buffer on the way is full, and the writer is held back.
            assertThatThrownBy(() -> writing.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            byte[] got = client.in().readAllBytes();
            writing.get(60, TimeUnit.SECONDS);
            assertThat(Arrays.equals(got, sent)).isTrue();
        }
    }

    @Test
    void manyClientsAreServedAtOnce() throws IOException {
        ServicePort web = service(server("a"), server("b"));
        apply(web);
        List<ServiceClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                clients.add(connect(web));
            }
            for (ServiceClient client : clients) {
                assertThat(client.echo("x")).isEqualTo("x");
            }
        } finally {
            for (ServiceClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aNodePortLeadsToTheSameEndpoints() throws IOException {
        int nodePort = FreePort.find();
        ServicePort web = withNodePort(service(server("a")), nodePort);
        apply(web);
        assertThat(ServiceClient.whoAnswers(nodeAddress(), nodePort)).isEqualTo("a");
        apply();
        assertThatThrownBy(() -> ServiceClient.whoAnswers(nodeAddress(), nodePort))
                .isInstanceOf(IOException.class);
    }

    @Test
    void everyAddressOfAServiceIsServed() throws IOException {
        ServicePort one = service(server("a"));
        ServicePort two = service();
        List<String> both = List.of(one.addresses().get(0), two.addresses().get(0));
        ServicePort web =
                new ServicePort("default", "web", "http", both, PORT, 0, "TCP", null, one.endpoints(), List.of());
        apply(web);
        for (String address : both) {
            assertThat(ServiceClient.whoAnswers(address, PORT)).isEqualTo("a");
        }
    }

    @Test
    void datagramsReachAnEndpointAndAnswersComeBack() throws IOException {
        EchoServer a = server("a");
        EchoServer b = server("b");
        ServicePort dns = with(service(a, b), "UDP", null);
        apply(dns);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            try (DatagramSocket socket = new DatagramSocket()) {
                String name = ServiceClient.whoAnswers(socket, dns.addresses().get(0), PORT);
                assertThat(ServiceClient.whoAnswers(socket, dns.addresses().get(0), PORT))
                        .isEqualTo(name);
                names.add(name);
            }
        }
        assertThat(names).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aDatagramsClientMovesOnWhenItsEndpointIsGone() throws IOException {
        EchoServer a = server("a");
        EchoServer b = server("b");
        ServicePort dns = with(service(a), "UDP", null);
        apply(dns);
        try (DatagramSocket socket = new DatagramSocket()) {
            assertThat(ServiceClient.whoAnswers(socket, dns.addresses().get(0), PORT))
                    .isEqualTo("a");
            apply(leadingTo(dns, endpoints(b), List.of()));
            assertThat(ServiceClient.whoAnswers(socket, dns.addresses().get(0), PORT))
                    .isEqualTo("b");
        }
    }

    @Test
    void tcpAndUdpShareAPort() throws IOException {
        ServicePort tcp = service(server("a"));
        ServicePort udp = new ServicePort(
                "default", "web", "dns", tcp.addresses(), PORT, 0, "UDP", null, endpoints(server("b")), List.of());
        apply(tcp, udp);
        assertThat(who(tcp)).isEqualTo("a");
        try (DatagramSocket socket = new DatagramSocket()) {
            assertThat(ServiceClient.whoAnswers(socket, tcp.addresses().get(0), PORT))
                    .isEqualTo("b");
        }
    }

    @Test
    void closeStopsServingAndCanBeRepeated() throws IOException {
        ServicePort web = service(server("a"));
        apply(web);
        proxy.close();
        proxy.close();
        assertRefusedAtOnce(web);
        try (ServiceProxy next = open()) {
            assertThat(next.apply(new ServiceTable(List.of(web))).problems()).isEmpty();
            assertThat(who(web)).isEqualTo("a");
        }
    }
}
