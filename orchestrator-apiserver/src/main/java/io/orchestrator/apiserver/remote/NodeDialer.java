package io.orchestrator.apiserver.remote;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.UserInfo;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Connects to nodes as the API server, and to nobody who shows no certificate of the cluster for that node. Thread-safe. */
public final class NodeDialer implements AutoCloseable {
    /** As kubeadm calls it; nodes ask what it may do. */
    private static final String USER = "kube-apiserver-kubelet-client";

    private static final char[] PASSWORD = "in-memory-only".toCharArray();

    private final SSLSocketFactory sockets;
    private final Set<TlsConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public NodeDialer(CertificateAuthority authority) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(
                    authority.issueClient(USER, List.of(UserInfo.MASTERS)).keyStore(PASSWORD, authority.certificate()),
                    PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            this.sockets = context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the API server's identity for nodes cannot be used", e);
        }
    }

    /**
     * Connects, blocking.
     *
     * @throws ApiException with reason ServiceUnavailable when nobody listens there, or somebody else than the node
     */
    public TlsConnection connect(NodeAddress node) {
        try {
            TlsConnection connection = TlsConnection.open(sockets, node.name(), node.host(), node.port(), open::remove);
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
