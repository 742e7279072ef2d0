package io.orchestrator.core.join;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.client.config.ClusterAccess;
import io.orchestrator.core.client.config.ConfigException;
import io.orchestrator.core.client.config.Credentials;
import io.orchestrator.core.client.config.PemFiles;
import io.orchestrator.core.client.config.ServerTrust;
import io.orchestrator.core.client.http.HttpSettings;
import io.orchestrator.core.client.http.HttpTransport;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.schema.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's way into a cluster: whom it believes, who it becomes, and how it stays that. What it has been given lies in a
 * directory, so that a restart asks nobody. Thread-safe once it has joined.
 */
public final class NodeEnrolment implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeEnrolment.class);
    private static final String AGENT = "kubelet/v1.32.0";
    private static final Duration AGAIN = Duration.ofSeconds(2);

    /**
     * What a node is told of its cluster.
     *
     * @param authorities that its servers come from; empty where only the pin is known, or neither after a first time
     * @param certificateLife that is asked for; zero leaves it to the cluster
     * @param directory where certificates are kept
     */
    public record Settings(
            String node,
            List<URI> servers,
            List<X509Certificate> authorities,
            Optional<AuthorityPin> pin,
            Optional<JoinToken> token,
            Duration certificateLife,
            Path directory) {}

    private final Settings settings;
    private final Environment environment;
    private final ObjectCodec codec = new ObjectCodec(new Schemas());
    private final CertificateOrder order;
    private final NodeCredentials credentials;
    private final Path authorityFile;
    private List<X509Certificate> trusted = List.of();
    private Optional<Client> self = Optional.empty();

    public NodeEnrolment(Settings settings, SecureRandom random, Environment environment) {
        this.settings = settings;
        this.environment = environment;
        this.order = new CertificateOrder(settings.node(), random, settings.certificateLife());
        this.credentials =
                new NodeCredentials(settings.directory().resolve("kubelet-client-current.pem"), order, environment);
        this.authorityFile = settings.directory().resolve("ca.crt");
    }

    /**
     * The API as the node. Waits for the API as long as it is away, unless the node has joined before.
     *
     * @throws ApiException when the cluster refuses it
     * @throws ConfigException when the server is another one than was meant, or what is needed was not given
     */
    public Client join() throws InterruptedException {
        trusted = authorities();
        if (!credentials.areThere()) {
            JoinToken token = settings.token()
                    .orElseThrow(() -> new ConfigException("a token is needed to join for the first time"));
            patiently(() -> {
                try (Client holder = client(holding(token))) {
                    credentials.order(holder);
                }
                return true;
            });
        }
        Client node = client(credentials);
        self = Optional.of(node);
        credentials.keepFresh(node, settings.token().<Supplier<Client>>map(token -> () -> client(holding(token))));
        return node;
    }

    private static Credentials holding(JoinToken token) {
        return Credentials.always(Credentials.Shown.bearer(token.text()));
    }

    private Client client(Credentials shown) {
        ClusterAccess access = ClusterAccess.of(settings.servers(), ServerTrust.in(trusted), shown);
        return new Client(new HttpTransport(access, HttpSettings.of(AGENT), codec, environment)).as("kubelet");
    }

    /** As they were given, by the pin, or as they were known before; in this order. */
    private List<X509Certificate> authorities() throws InterruptedException {
        if (!settings.authorities().isEmpty()) {
            return settings.authorities();
        }
        if (Files.exists(authorityFile)) {
            return PemFiles.certificates(text(authorityFile), authorityFile.toString());
        }
        AuthorityPin pin = settings.pin()
                .orElseThrow(() -> new ConfigException(
                        "the authority of the cluster is not known: give its certificate or its hash"));
        X509Certificate shown = patiently(() -> {
            try {
                return pin.shownBy(settings.servers().get(0));
            } catch (IOException e) {
                throw new ApiException(
                        io.orchestrator.api.client.Reason.SERVICE_UNAVAILABLE,
                        settings.servers().get(0) + " cannot be reached: " + e.getMessage(),
                        e);
            }
        });
        keep(shown);
        return List.of(shown);
    }

    private void keep(X509Certificate authority) {
        try {
            Files.createDirectories(settings.directory());
            Files.writeString(authorityFile, Identity.certificatePem(authority));
        } catch (IOException e) {
            throw new UncheckedIOException("the authority's certificate cannot be kept", e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Again and again as long as nobody answers. */
    private <T> T patiently(Supplier<T> attempt) throws InterruptedException {
        while (true) {
            try {
                return attempt.get();
            } catch (ApiException e) {
                if (!e.outcomeUnknown()) {
                    throw e;
                }
                LOG.info("the cluster does not answer yet: {}", e.getMessage());
            }
            try {
                environment
                        .timers()
                        .schedule(() -> {}, AGAIN.toNanos(), TimeUnit.NANOSECONDS)
                        .get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a task that does nothing failed", e);
            }
        }
    }

    /** The identity of the node's own port: the one that it has, or a new one; blocks for the latter. */
    public Identity serving() {
        IdentityFile file = new IdentityFile(settings.directory().resolve("kubelet-server-current.pem"));
        Instant now = environment.clock().instant();
        Optional<Identity> lasting = file.read(now.plus(Duration.ofDays(30)));
        if (lasting.isPresent()) {
            return lasting.get();
        }
        Optional<Identity> standing = file.read(now);
        try {
            Identity fresh = order.server(self.orElseThrow());
            file.write(fresh);
            return fresh;
        } catch (ApiException e) {
            LOG.warn("the certificate of the node's own port is not to be had: {}", e.getMessage());
            return standing.orElseThrow(() -> e);
        }
    }

    /** The cluster's authority. */
    public X509Certificate authority() {
        return trusted.get(0);
    }

    /** Tells one cluster from another, by its authority, since a node may not look at much else. */
    public String clusterId() {
        return AuthorityPin.of(authority()).hash().substring("sha256:".length(), "sha256:".length() + 32);
    }

    public ObjectCodec codec() {
        return codec;
    }

    /** The address of this machine from which the API is reached. */
    public String ownAddress() {
        URI server = settings.servers().get(0);
        try (DatagramSocket socket = new DatagramSocket()) {
            // Nothing is sent: the route alone tells.
            socket.connect(new InetSocketAddress(server.getHost(), Math.max(1, server.getPort())));
            return socket.getLocalAddress().getHostAddress();
        } catch (IOException e) {
            throw new UncheckedIOException("no way leads from here to " + server, e);
        }
    }

    @Override
    public void close() {
        credentials.close();
    }
}
