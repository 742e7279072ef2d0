package io.orchestrator.core.network.userspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceTable;
import io.orchestrator.testkit.network.EchoServer;
import io.orchestrator.testkit.network.ServiceClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More clients than a process may have descriptors for. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DescriptorLimitTest {
    private static final String ADDRESS = "127.233.7.11";
    private static final int PORT = 18_081;
    private static final int LIMIT = 250;

    @Test
    void atTheLimitTheProxySaysSoOnceServesWhomItHasAndAcceptsAgainAfterwards() throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + LIMIT + "; exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DescriptorLimitTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<SocketChannel> crowd = new ArrayList<>();
        try (EchoServer alive = EchoServer.start("alive", "127.0.0.1");
                BufferedReader said = new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            process.getOutputStream().write((alive.endpoint().port() + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            assertThat(said.readLine()).isEqualTo("serving");
            try (ServiceClient client = ServiceClient.connect(ADDRESS, PORT)) {
                for (int i = 0; i < LIMIT; i++) {
                    crowd.add(SocketChannel.open(new InetSocketAddress(ADDRESS, PORT)));
                }
                assertThat(said.readLine()).startsWith("short").contains("open files");
                assertThat(client.echo("still")).isEqualTo("still");
            }
            for (SocketChannel channel : crowd) {
                channel.close();
            }
            assertThat(said.readLine()).isEqualTo("well");
            assertThat(ServiceClient.whoAnswers(ADDRESS, PORT)).isEqualTo("alive");
        } finally {
            process.destroyForcibly();
            for (SocketChannel channel : crowd) {
                channel.close();
            }
        }
    }

    /** The proxy, in a process that may have few descriptors. Ends with its standard input. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (SystemEnvironment system = new SystemEnvironment("limited");
                UserSpaceProxy proxy = new UserSpaceProxy(system.environment(), Settings.defaults())) {
            proxy.whenShortageChanges(
                    () -> System.out.println(proxy.shortage().isEmpty() ? "well" : "short: " + proxy.shortage()));
            Endpoint endpoint = new Endpoint("127.0.0.1", Integer.parseInt(orders.readLine()));
            ServicePort port = new ServicePort(
                    "default", "web", "", List.of(ADDRESS), PORT, 0, "TCP", null, List.of(endpoint), List.of());
            proxy.apply(new ServiceTable(List.of(port)));
            System.out.println("serving");
            orders.readLine();
        }
    }
}
