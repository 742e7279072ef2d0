package io.orchestrator.core.network.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.testkit.network.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 240, unit = TimeUnit.SECONDS)
class HealthPortsTest {
    private SystemEnvironment system;
    private HealthPorts ports;
    private int port;

    @BeforeEach
    void open() throws IOException {
        system = new SystemEnvironment("health-test");
        ports = new HealthPorts(system.environment());
        port = FreePort.find();
    }

    @AfterEach
    void close() {
        ports.close();
        system.close();
    }

    private HealthCheck check(int endpoints) {
        return new HealthCheck("default", "web", port, endpoints);
    }

    private String ask() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(30_000);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 30_000);
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void theAnswerIsThatOfTheMomentUntilThereIsNoneToGive() throws IOException {
        assertThat(ports.serve(List.of(check(2)))).isEmpty();
        assertThat(ask())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("{\"service\":{\"namespace\":\"default\",\"name\":\"web\"},\"localEndpoints\":2,"
                        + "\"serviceProxyHealthy\":true}");
        ports.serve(List.of(check(0)));
        assertThat(ask()).startsWith("HTTP/1.1 503 Service Unavailable\r\n").contains("\"localEndpoints\":0");
        ports.serve(List.of());
        assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
    }

    @Test
    void whoAsksNothingKeepsNobodyWaiting() throws IOException {
        ports.serve(List.of(check(1)));
        try (Socket silent = new Socket()) {
            silent.connect(new InetSocketAddress("127.0.0.1", port), 30_000);
            assertThat(ask()).startsWith("HTTP/1.1 200");
            silent.getOutputStream().write(new byte[16 * 1024]);
            silent.setSoTimeout(30_000);
            assertThatThrownBy(() -> {
                        if (silent.getInputStream().read() < 0) {
                            throw new IOException("ended");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPortThatIsTakenIsSaidAndHadWhenItIsFree() throws IOException {
        try (ServerSocket squatter = new ServerSocket(port)) {
            assertThat(squatter.isBound()).isTrue();
            assertThat(ports.serve(List.of(check(1)))).singleElement().satisfies(problem -> {
                assertThat(problem.reason()).isEqualTo("HealthCheckNotServed");
                assertThat(problem.port()).isEqualTo(port);
            });
        }
        assertThat(ports.serve(List.of(check(1)))).isEmpty();
        assertThat(ask()).startsWith("HTTP/1.1 200");
    }
}
