package io.orchestrator.core.join;

import io.orchestrator.core.client.config.ConfigException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * An authority that is known by the hash of its public key, as {@code kubeadm} prints it: {@code sha256:} and 64 digits. Whoever
 * has the hash needs no file: the server shows the certificate, and the hash tells whether it is the right one.
 */
public record AuthorityPin(String hash) {
    private static final String FORM = "sha256:[0-9a-f]{64}";
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(10).toMillis();

    public AuthorityPin {
        if (!hash.matches(FORM)) {
            throw new IllegalArgumentException(
                    "the hash of an authority is sha256: and 64 hexadecimal digits, not \"" + hash + "\"");
        }
    }

    /** The pin of this authority. */
    public static AuthorityPin of(X509Certificate authority) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(authority.getPublicKey().getEncoded());
            return new AuthorityPin("sha256:" + HexFormat.of().formatHex(digest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * The authority's certificate, from the server itself, which sends it with its own. Nothing else is sent to a server that
     * cannot show it.
     *
     * @throws IOException when nobody answers there
     * @throws ConfigException when it shows another authority, or none
     */
    public X509Certificate shownBy(URI server) throws IOException {
        for (Certificate each : chain(server)) {
            if (each instanceof X509Certificate certificate
                    && certificate.getBasicConstraints() >= 0
                    && of(certificate).equals(this)) {
                return certificate;
            }
        }
        throw new ConfigException(
                "the server " + server + " shows no authority with the hash " + hash + ": it is not the one to join");
    }

    private static List<Certificate> chain(URI server) throws IOException {
        int port = server.getPort() < 0 ? 443 : server.getPort();
        try (Socket bare = new Socket()) {
            bare.connect(new InetSocketAddress(server.getHost(), port), TIMEOUT_MILLIS);
            bare.setSoTimeout(TIMEOUT_MILLIS);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Looking()}, null);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(bare, server.getHost(), port, true)) {
                socket.startHandshake();
                return List.of(socket.getSession().getPeerCertificates());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS is not to be had", e);
        }
    }

    /** Takes what it is shown, to look at it. No secret passes over such a connection. */
    private static final class Looking implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // The pin decides.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("there are no clients here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
