package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.runtime.docker.DockerRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeProvider;
import io.orchestrator.testkit.junit.RequiresDocker;
import io.orchestrator.testkit.runtime.RuntimeFixture;
import io.orchestrator.testkit.runtime.RuntimePrograms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine of the test's own that listens on TCP, wants a certificate of whoever asks, and has one itself. */
@RequiresDocker
class DockerTlsIT extends RuntimeFixture {
    private static final String IMAGE = "busybox:1.36";

    @TempDir
    private static Path files;

    private static CertificateAuthority authority;
    private static Path ours;
    private static String host;
    private static OwnEngine engine;

    @BeforeAll
    static void openEngine() throws Exception {
        authority = newAuthority("ours");
        ours = clientOf(authority, authority, "ours");
        Identity server = authority.issueServer(List.of("localhost"), List.of("127.0.0.1"));
        Path certificate = Files.writeString(files.resolve("server.pem"), server.certificatePem());
        Path key = Files.writeString(files.resolve("server-key.pem"), server.keyPem());
        host = "tcp://127.0.0.1:" + freePort();
        engine = OwnEngine.startWith(
                List.of(
                        "-H",
                        host,
                        "--tlsverify",
                        "--tlscacert=" + ours.resolve("ca.pem"),
                        "--tlscert=" + certificate,
                        "--tlskey=" + key),
                IMAGE);
    }

    @AfterAll
    static void closeEngine() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    private static CertificateAuthority newAuthority(String name) {
        return CertificateAuthority.create(name, Clock.systemUTC(), new SecureRandom());
    }

    /** A folder as {@code DOCKER_CERT_PATH} names it. */
    private static Path clientOf(CertificateAuthority issuer, CertificateAuthority trusted, String folder)
            throws IOException {
        Identity client = issuer.issueClient("node", List.of());
        Path path = Files.createDirectory(files.resolve(folder));
        Files.writeString(path.resolve("ca.pem"), trusted.certificatePem());
        Files.writeString(path.resolve("cert.pem"), client.certificatePem());
        Files.writeString(path.resolve("key.pem"), client.keyPem());
        return path;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    protected RuntimeProvider open() {
        return DockerRuntime.at(host, ours);
    }

    @Override
    protected RuntimePrograms programs() {
        return RuntimePrograms.busybox(IMAGE);
    }

    @Test
    void aPodItsLogItsEventsAndItsCommandsGoOverTls() throws Exception {
        PodIdentity pod = pod("secured");
        CompletableFuture<String> changed = new CompletableFuture<>();
        try (AutoCloseable listening = runtime.onChange(changed::complete)) {
            await(runtime.createSandbox(sandbox(pod, 0)));
            ContainerSpec talks = start(container(pod, "talks", programs.printsAndRuns(List.of("hello"))));
            assertThat(changed.get(CALL.toSeconds(), TimeUnit.SECONDS)).isEqualTo(pod.uid());

            try (LogStream log = await(runtime.logs(talks.id(), new LogQuery(true, false, null, null, 0)))) {
                assertThat(text(log.read())).isEqualTo("hello\n");
            }
            byte[] input = "some input\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
            try (ExecSession exec =
                    await(runtime.exec(talks.id(), new ExecSpec(programs.copiesStdin(), true, false)))) {
                CompletableFuture<byte[]> copy = CompletableFuture.supplyAsync(() -> allOf(exec.stdout()));
                exec.stdin().write(input);
                exec.stdin().close();
                assertThat(copy.get(CALL.toSeconds(), TimeUnit.SECONDS)).isEqualTo(input);
                assertThat(await(exec.exitCode())).isZero();
            }

            ContainerSpec listens = start(withInput(container(pod, "listens", programs.copiesStdin())));
            try (ExecSession attached = await(runtime.attach(listens.id(), true))) {
                attached.stdin().write("said\n".getBytes(StandardCharsets.UTF_8));
                attached.stdin().close();
                assertThat(text(attached.stdout().readAllBytes())).isEqualTo("said\n");
            }
            assertThat(awaitExit(listens.id()).exitCode()).isZero();
            assertThat(logOf(listens, LogQuery.all())).isEqualTo("said\n");
        }
    }

    private static byte[] allOf(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatTheTwoSidesHaveAgainstEachOthersCertificatesIsSaid() throws IOException {
        CertificateAuthority stranger = newAuthority("stranger");
        Path unknown = clientOf(stranger, authority, "unknown");
        Path distrusts = clientOf(authority, stranger, "distrusts");
        Path half = clientOf(authority, authority, "half");
        Files.delete(half.resolve("key.pem"));

        assertThatThrownBy(() -> DockerRuntime.at(host, unknown))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("no Docker engine answers at " + host)
                .hasMessageMatching(
                        ".*it (refuses|breaks off the TLS handshake, as one that refuses) the client certificate.*");
        assertThatThrownBy(() -> DockerRuntime.at(host, distrusts))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("its certificate is not trusted");
        assertThatThrownBy(() -> DockerRuntime.at(host, half))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("needs ca.pem, cert.pem and key.pem in " + half);
        assertThatThrownBy(() -> DockerRuntime.at(host))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("Client sent an HTTP request to an HTTPS server");
    }
}
