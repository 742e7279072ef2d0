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
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine is and how it is spoken to, by the words of Docker's own client: any value of {@code DOCKER_TLS_VERIFY} but the
 * empty one asks for TLS, its files are {@code ca.pem}, {@code cert.pem} and {@code key.pem} in {@code DOCKER_CERT_PATH} or
 * else in the folder of the client's configuration, and TCP has a port of its own with TLS and one without. An address without a scheme
 * is one of TCP, and where TLS is asked for and no address, it is this machine's.
 *
 * <p>What the client does and this does not is refused: TLS with an engine that nobody vouches for, as {@code DOCKER_TLS} alone asks for,
 * since whoever answers would be told what is in the pods' secrets; and {@code ssh}, as only sockets are spoken to.
 */
final class EngineAddress {
    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;
    private static final String TCP = "tcp://";
    private static final String LOCAL = "localhost";
    private static final String BETWEEN = "://";
    private static final Set<String> SPOKEN = Set.of("unix", "npipe", "tcp");
    private static final char[] PASSWORD = new char[0];

    private EngineAddress() {}

    /**
     * What docker-java is to be told.
     *
     * @param host empty for what the environment says
     * @param certificates the folder of the TLS files; null for what the environment says
     * @throws RuntimeFailure for what is not spoken here, and when TLS is wanted and its files are not to be had: never without TLS then
     */
    static DefaultDockerClientConfig.Builder of(String host, @Nullable Path certificates, Map<String, String> env) {
        DefaultDockerClientConfig.Builder builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
        boolean verified = certificates != null || isSet(env, "DOCKER_TLS_VERIFY");
        boolean unverified = !verified && isSet(env, "DOCKER_TLS");
        String asked =
                withScheme(host.isEmpty() ? env.getOrDefault("DOCKER_HOST", "").strip() : host, verified || unverified);
        requireSpoken(asked);
        if (asked.startsWith(TCP)) {
            if (unverified) {
                throw new RuntimeFailure(
                        Kind.INVALID,
                        "DOCKER_TLS asks for TLS with whoever answers at " + asked
                                + ", which is not spoken here: DOCKER_TLS_VERIFY asks for TLS with an engine that ca.pem vouches for");
            }
            builder.withDockerHost(withPort(asked, verified ? TLS_PORT : PLAIN_PORT));
            if (verified) {
                SSLContext context = contextOf(certificates == null ? folderOf(env) : certificates);
                builder.withCustomSslConfig(() -> context);
            }
        } else if (!asked.isEmpty()) {
            // Whatever the environment says of TLS is said of other engines than one on this machine's socket.
            builder.withDockerHost(asked).withDockerTlsVerify(false);
        }
        return builder;
    }

    private static boolean isSet(Map<String, String> env, String name) {
        return !env.getOrDefault(name, "").isEmpty();
    }

    private static String withScheme(String asked, boolean tls) {
        if (asked.isEmpty()) {
            return tls ? TCP + LOCAL : asked;
        }
        return asked.contains(BETWEEN) ? asked : TCP + (asked.startsWith(":") ? LOCAL : "") + asked;
    }

    private static void requireSpoken(String asked) {
        if (asked.isEmpty()) {
            return;
        }
        String scheme = asked.substring(0, asked.indexOf(BETWEEN));
        if (scheme.equals("ssh")) {
            throw new RuntimeFailure(
                    Kind.INVALID,
                    "the engine at " + asked
                            + " is not spoken to by ssh: have ssh forward its socket, as by \"ssh -nNT -L "
                            + "/run/user/1000/engine.sock:/var/run/docker.sock " + asked
                            + "\", and name unix:///run/user/1000/engine.sock");
        }
        if (!SPOKEN.contains(scheme)) {
            throw new RuntimeFailure(
                    Kind.INVALID,
                    "no engine is spoken to at " + asked
                            + ": its address is unix:///path, tcp://host:port or npipe:////./pipe/name");
        }
    }

    private static String withPort(String host, int port) {
        URI uri = URI.create(host);
        return uri.getHost() == null || uri.getPort() >= 0 ? host : TCP + uri.getHost() + ":" + port;
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
