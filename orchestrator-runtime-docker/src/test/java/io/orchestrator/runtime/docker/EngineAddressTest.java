package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.core.DockerClientConfig;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineAddressTest {
    private static final char[] PASSWORD = "word".toCharArray();

    @TempDir
    private Path files;

    private final CertificateAuthority authority =
            CertificateAuthority.create("docker", Clock.systemUTC(), new SecureRandom());

    @BeforeEach
    void writeFiles() throws IOException {
        Identity client = authority.issueClient("node", List.of());
        Files.writeString(files.resolve("ca.pem"), authority.certificatePem());
        Files.writeString(files.resolve("cert.pem"), client.certificatePem());
        Files.writeString(files.resolve("key.pem"), client.traditionalKeyPem());
    }

    private static DockerClientConfig of(String host, Map<String, String> env) {
        return EngineAddress.of(host, null, env).build();
    }

    @Test
    void anyValueOfTheVariableAsksForTlsAndForItsPort() {
        Map<String, String> env = Map.of("DOCKER_TLS_VERIFY", "yes", "DOCKER_CERT_PATH", files.toString());

        assertThat(of("tcp://engine.example", env)).satisfies(config -> {
            assertThat(config.getDockerHost()).hasToString("tcp://engine.example:2376");
            assertThat(config.getSSLConfig().getSSLContext()).isNotNull();
        });
        assertThat(of("tcp://engine.example:4243", env).getDockerHost()).hasToString("tcp://engine.example:4243");
        assertThat(of("tcp://[::1]", env).getDockerHost()).hasToString("tcp://[::1]:2376");
    }

    @Test
    void theEngineOfTheEnvironmentIsTakenWhereNoneIsNamed() {
        assertThat(of("", Map.of("DOCKER_HOST", "tcp://engine.example")).getDockerHost())
                .hasToString("tcp://engine.example:2375");
    }

    @Test
    void withoutTheVariableOrWithAnEmptyOneThereIsNoTls() {
        Map<String, String> env = Map.of("DOCKER_TLS_VERIFY", "", "DOCKER_CERT_PATH", files.toString());

        assertThat(of("tcp://engine.example", env)).satisfies(config -> {
            assertThat(config.getDockerHost()).hasToString("tcp://engine.example:2375");
            assertThat(config.getSSLConfig()).isNull();
        });
    }

    @Test
    void theFilesLieWithTheConfigurationOfTheClientWhereNoOtherFolderIsNamed() {
        Map<String, String> env = Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CONFIG", files.toString());

        assertThat(of("tcp://engine.example", env).getSSLConfig()).isNotNull();
    }

    @Test
    void aSocketOfThisMachineIsSpokenToWithoutTls() {
        Map<String, String> env = Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", "/nowhere");

        assertThat(of("unix:///run/docker.sock", env).getSSLConfig()).isNull();
    }

    @Test
    void whereTlsIsAskedForAndNoEngineItIsThisMachinesByTcp() {
        Map<String, String> env = Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", files.toString());

        assertThat(of("", env)).satisfies(config -> {
            assertThat(config.getDockerHost()).hasToString("tcp://localhost:2376");
            assertThat(config.getSSLConfig().getSSLContext()).isNotNull();
        });
    }

    @Test
    void anAddressWithoutASchemeIsOneOfTcp() {
        assertThat(of("engine.example:4243", Map.of()).getDockerHost()).hasToString("tcp://engine.example:4243");
        assertThat(of("engine.example", Map.of()).getDockerHost()).hasToString("tcp://engine.example:2375");
        assertThat(of("", Map.of("DOCKER_HOST", ":4243")).getDockerHost()).hasToString("tcp://localhost:4243");
    }

    @Test
    void tlsWithWhoeverAnswersIsRefusedAndNeverLeftOut() {
        Map<String, String> env = Map.of("DOCKER_TLS", "1", "DOCKER_CERT_PATH", files.toString());

        for (String host : new String[] {"tcp://engine.example", ""}) {
            assertThatThrownBy(() -> of(host, env))
                    .isInstanceOf(RuntimeFailure.class)
                    .hasMessageContaining("DOCKER_TLS asks for TLS with whoever answers")
                    .hasMessageContaining("DOCKER_TLS_VERIFY");
        }
        assertThat(of("unix:///run/docker.sock", env).getSSLConfig()).isNull();
        assertThat(EngineAddress.of("tcp://engine.example", files, env).build().getSSLConfig())
                .as("with files of its own")
                .isNotNull();
        assertThat(of("tcp://engine.example", Map.of("DOCKER_TLS", "")).getSSLConfig())
                .isNull();
    }

    @Test
    void anEngineBehindSshIsRefusedInWordsThatHelp() {
        assertThatThrownBy(() -> of("", Map.of("DOCKER_HOST", "ssh://me@engine.example:22")))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("ssh://me@engine.example:22 is not spoken to by ssh")
                .hasMessageContaining("unix:///run/user/1000/engine.sock");
    }

    @Test
    void anAddressOfAnotherKindIsRefused() {
        for (String host : new String[] {"http://engine.example", "fd://3", "unix+tls:///run/docker.sock"}) {
            assertThatThrownBy(() -> of(host, Map.of()))
                    .isInstanceOf(RuntimeFailure.class)
                    .hasMessageContaining("no engine is spoken to at " + host);
        }
    }

    @Test
    void withoutItsFilesTlsIsRefusedNotLeftOut() throws IOException {
        Map<String, String> env = Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", files.toString());
        Files.writeString(files.resolve("key.pem"), "nothing of the kind");
        assertThatThrownBy(() -> of("tcp://engine.example", env))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("key.pem holds no private key");

        Files.delete(files.resolve("ca.pem"));
        assertThatThrownBy(() -> of("tcp://engine.example", env))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("needs ca.pem, cert.pem and key.pem in " + files);
    }

    @Test
    void aConnectionOfOnesOwnChecksTheNameOfTheEngine() throws Exception {
        Identity elsewhere = authority.issueServer(List.of("elsewhere.example"), List.of("127.0.0.2"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(elsewhere.keyStore(PASSWORD, authority.certificate()), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        try (SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (SSLSocket accepted = (SSLSocket) server.accept()) {
                    accepted.startHandshake();
                    accepted.getInputStream().read();
                } catch (IOException e) {
                    // The other side goes: that is what is looked for there.
                }
            });
            DockerClientConfig config = EngineAddress.of("tcp://127.0.0.1:" + server.getLocalPort(), files, Map.of())
                    .build();

            assertThatThrownBy(() -> EngineWire.connect(config))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("127.0.0.1");
            served.join();
        }
    }
}
