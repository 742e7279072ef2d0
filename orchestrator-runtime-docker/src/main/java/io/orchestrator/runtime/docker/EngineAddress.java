package io.orchestrator.runtime.docker;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.util.CertificateUtils;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine is and how it is spoken to, by the words of Docker's own client: any value of {@code DOCKER_TLS_VERIFY} but the
 * empty one asks for TLS, its files are {@code ca.pem}, {@code cert.pem} and {@code key.pem} in {@code DOCKER_CERT_PATH} or
 * else in the folder of the client's configuration, and TCP has a port of its own with TLS and one without.
 */
final class EngineAddress {
    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;
    private static final char[] PASSWORD = new char[0];

    private EngineAddress() {}

    /**
     * What docker-java is to be told.
     *
     * @param host empty for what the environment says
     * @param certificates the folder of the TLS files; null for what the environment says
     * @throws RuntimeFailure when TLS is wanted and its files are not to be had: never without TLS then
     */
    static DefaultDockerClientConfig.Builder of(String host, @Nullable Path certificates, Map<String, String> env) {
        DefaultDockerClientConfig.Builder builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
        String asked = host.isEmpty() ? env.getOrDefault("DOCKER_HOST", "").strip() : host;
        if (asked.startsWith("tcp:")) {
            boolean tls = certificates != null
                    || !env.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty();
            builder.withDockerHost(withPort(asked, tls ? TLS_PORT : PLAIN_PORT));
            if (tls) {
                SSLContext context = contextOf(certificates == null ? folderOf(env) : certificates);
                builder.withCustomSslConfig(() -> context);
            }
        } else if (!asked.isEmpty()) {
            // Whatever the environment says of TLS is said of other engines than one on this machine's socket.
            builder.withDockerHost(asked).withDockerTlsVerify(false);
        }
        return builder;
    }

    private static String withPort(String host, int port) {
        URI uri = URI.create(host);
        return uri.getHost() == null || uri.getPort() >= 0 ? host : "tcp://" + uri.getHost() + ":" + port;
    }

    private static Path folderOf(Map<String, String> env) {
        for (String name : new String[] {"DOCKER_CERT_PATH", "DOCKER_CONFIG"}) {
            String folder = env.getOrDefault(name, "").strip();
            if (!folder.isEmpty()) {
                return Path.of(folder);
            }
        }
        return Path.of(System.getProperty("user.home"), ".docker");
    }

    /** Of the newest TLS that both sides know. */
    private static SSLContext contextOf(Path folder) {
        try {
            KeyStore trusted = empty();
            for (Certificate each : certificates(folder.resolve("ca.pem"))) {
                trusted.setCertificateEntry("authority-" + trusted.size(), each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore own = empty();
            Certificate[] chain = certificates(folder.resolve("cert.pem")).toArray(Certificate[]::new);
            own.setKeyEntry("docker", key(folder.resolve("key.pem")), PASSWORD, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new RuntimeFailure(
                    Kind.INVALID, "TLS with Docker needs ca.pem, cert.pem and key.pem in " + folder + ": " + e, e);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
        if (all.isEmpty()) {
            throw new IOException(file + " holds no certificate");
        }
        return all;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        PrivateKey key = CertificateUtils.loadPrivateKey(Files.readString(file, StandardCharsets.US_ASCII));
        if (key == null) {
            throw new IOException(file + " holds no private key");
        }
        return key;
    }
}
