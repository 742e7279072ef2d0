package io.orchestrator.apiserver.remote;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.auth.UserInfo;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects to nodes as the API server, and to nobody who shows no certificate of the cluster for that node. Its own certificate is
 * made when a connection is wanted for the first time, and followed by the next one when most of its time is over. Thread-safe.
 */
public final class NodeDialer implements AutoCloseable {
    /** As kubeadm calls it; nodes ask what it may do. */
    private static final String USER = "kube-apiserver-kubelet-client";

    private static final char[] PASSWORD = "in-memory-only".toCharArray();

    private static final double PART_THAT_IS_LEFT = 0.3;

    private final CertificateAuthority authority;
    private final Clock clock;
    private final Object renewing = new Object();
    private volatile @Nullable Shown shown;
    private final Set<TlsConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Who the API server shows that it is, and until when it does. */
    private record Shown(SSLSocketFactory sockets, Instant until) {}

    public NodeDialer(CertificateAuthority authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    private Shown issue() {
        try {
            Instant now = clock.instant();
            Identity identity = authority.issueClient(USER, List.of(UserInfo.MASTERS));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(identity.keyStore(PASSWORD, authority.certificate()), PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            Instant end = identity.certificate().getNotAfter().toInstant();
            long left = (long) (Duration.between(now, end).toMillis() * PART_THAT_IS_LEFT);
            return new Shown(context.getSocketFactory(), end.minusMillis(left));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the API server's identity for nodes cannot be used", e);
        }
    }

    private SSLSocketFactory sockets() {
        Shown standing = shown;
        if (standing != null && clock.instant().isBefore(standing.until())) {
            return standing.sockets();
        }
        synchronized (renewing) {
            standing = shown;
            if (standing == null || !clock.instant().isBefore(standing.until())) {
                standing = issue();
                shown = standing;
            }
            return standing.sockets();
        }
    }

    /**
     * Connects, blocking.
     *
     * @throws ApiException with reason ServiceUnavailable when nobody listens there, or somebody else than the node
     */
    public TlsConnection connect(NodeAddress node) {
        try {
            TlsConnection connection =
                    TlsConnection.open(sockets(), node.name(), node.host(), node.port(), open::remove);
            open.add(connection);
            if (closed) {
                connection.close();
                throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the server is being closed");
            }
            return connection;
        } catch (IOException e) {
            throw new ApiException(
                    Reason.SERVICE_UNAVAILABLE,
                    "error dialing node " + node.name() + ": dial tcp " + node.authority() + ": " + e.getMessage(),
                    e);
        }
    }

    /** Cuts every connection. Idempotent. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(open).forEach(TlsConnection::close);
    }
}
