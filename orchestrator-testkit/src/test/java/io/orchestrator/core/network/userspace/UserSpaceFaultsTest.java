package io.orchestrator.core.network.userspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.network.IdlePeers;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceTable;
import io.orchestrator.testkit.network.EchoServer;
import io.orchestrator.testkit.network.ServiceClient;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints and clients that misbehave: the others are served, and neither threads nor buffers grow. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class UserSpaceFaultsTest {
    private static final String ADDRESS = "127.233.7.9";
    private static final int PORT = 18_081;
    private static final int IDLE = Integer.getInteger("orchestrator.test.idleConnections", 1000);
    private static final int ROUND = 500;
    private static final int SPARE_DESCRIPTORS = 200;
    private static final long MEGABYTE = 1L << 20;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private SystemEnvironment system;
    private UserSpaceProxy proxy;

    @BeforeEach
    void open() {
        system = new SystemEnvironment("proxy-faults");
        proxy = new UserSpaceProxy(
                system.environment(), Settings.defaults().withConnectTimeout(Duration.ofMillis(300)));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        proxy.close();
        system.close();
    }

    private <T extends AutoCloseable> T later(T each) {
        opened.add(0, each);
        return each;
    }

    private void lead(Endpoint... endpoints) {
        ServicePort port = new ServicePort(
                "default", "web", "", List.of(ADDRESS), PORT, 0, "TCP", null, List.of(endpoints), List.of());
        assertThat(proxy.apply(new ServiceTable(List.of(port))).problems()).isEmpty();
    }

    private EchoServer alive() {
        return later(EchoServer.start("alive", "127.0.0.1"));
    }

    private static String who() throws IOException {
        return ServiceClient.whoAnswers(ADDRESS, PORT);
    }

    private static Endpoint endpoint(ServerSocket server) {
        return new Endpoint("127.0.0.1", server.getLocalPort());
    }

    private void serve(ServerSocket server, ThrowingConsumer what) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            what.accept(server.accept());
                        }
                    } catch (IOException e) {
                        // The test is over.
                    }
                },
                "fault-server");
        thread.setDaemon(true);
        thread.start();
    }

    private interface ThrowingConsumer {
        void accept(Socket socket) throws IOException;
    }

    @Test
    void anEndpointThatHangsIsPassedOverInTime() throws IOException {
        ServerSocket hanging = later(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
        fillBacklog(hanging);
        lead(endpoint(hanging), alive().endpoint());
        long begun = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            assertThat(who()).isEqualTo("alive");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }

    /** What is not accepted fills the queue, and after that the kernel says nothing any more. */
    private void fillBacklog(ServerSocket server) throws IOException {
        for (int i = 0; i < 20; i++) {
            Socket socket = later(new Socket());
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new IOException("the kernel accepts for ever");
    }

    @Test
    void anEndpointThatResetsEndsItsOwnConnectionsOnly() throws IOException {
        ServerSocket resetting = later(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
        serve(resetting, socket -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
        EchoServer alive = alive();
        lead(alive.endpoint());
        try (ServiceClient before = ServiceClient.connect(ADDRESS, PORT)) {
            lead(endpoint(resetting));
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(UserSpaceFaultsTest::who).isInstanceOf(IOException.class);
            }
            assertThat(before.echo("still")).isEqualTo("still");
        }
        lead(alive.endpoint());
        assertThat(who()).isEqualTo("alive");
    }

    @Test
    void whatASlowReaderDoesNotTakeStaysWithTheSender() throws Exception {
        AtomicLong sent = new AtomicLong();
        ServerSocket flooding = later(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
        serve(flooding, socket -> {
            byte[] block = new byte[64 * 1024];
            while (true) {
                socket.getOutputStream().write(block);
                sent.addAndGet(block.length);
            }
        });
        lead(endpoint(flooding));
        long direct = directBuffers();
        Socket reader = later(new Socket());
        reader.setReceiveBufferSize(4096);
        reader.connect(new InetSocketAddress(ADDRESS, PORT), 30_000);
        AtomicLong before = new AtomicLong(-1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> before.getAndSet(sent.get()) == sent.get());
        assertThat(sent.get()).as("what the kernel's buffers hold").isLessThan(64 * MEGABYTE);
        assertThat(directBuffers() - direct).as("the proxy's own buffers").isLessThan(4 * MEGABYTE);
        lead(alive().endpoint());
        assertThat(who()).isEqualTo("alive");
        assertThat(reader.getInputStream().readNBytes((int) MEGABYTE)).hasSize((int) MEGABYTE);
    }

    private static long directBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** {@code -Dorchestrator.test.idleConnections=10000} where the limit of descriptors allows it: each takes two of this process. */
    @Test
    void idleConnectionsCostNeitherThreadsNorBuffers() throws IOException {
        int count = Math.min(IDLE, (int) (freeDescriptors() - SPARE_DESCRIPTORS) / 2);
        IdlePeers peers = later(IdlePeers.start());
        lead(new Endpoint("127.0.0.1", peers.port()));
        peers.connect(ADDRESS, PORT, 1);
        peers.accept(1);
        int threads = Thread.activeCount();
        long direct = directBuffers();
        // Not more than wait at a listener.
        for (int left = count; left > 0; left -= ROUND) {
            peers.connect(ADDRESS, PORT, Math.min(left, ROUND));
            peers.accept(Math.min(left, ROUND));
        }
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
        assertThat(directBuffers() - direct).isLessThan(4 * MEGABYTE);
        lead(alive().endpoint());
        assertThat(who()).isEqualTo("alive");
    }

    private static long freeDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : 4096;
    }
}
