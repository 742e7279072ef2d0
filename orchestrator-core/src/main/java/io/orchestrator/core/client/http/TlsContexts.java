package io.orchestrator.core.client.http;

import io.orchestrator.core.client.config.ClientIdentity;
import io.orchestrator.core.client.config.ConfigException;
import io.orchestrator.core.client.config.ServerTrust;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS as a configuration wants it. Stateless. */
public final class TlsContexts {
    private static final char[] PASSWORD = "in-memory".toCharArray();

    private TlsContexts() {}

    /** @throws ConfigException when certificates or keys cannot be used */
    public static SSLContext of(ServerTrust trust, Optional<ClientIdentity> identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity.isPresent() ? keys(identity.get()) : null, trust(trust), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigException("certificates or keys cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keys(ClientIdentity identity) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry("identity", identity.key(), PASSWORD, identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(ServerTrust trust) throws GeneralSecurityException, IOException {
        if (trust.insecure()) {
            return new TrustManager[] {new NamedServer.Anyone()};
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust.authorities().isEmpty() ? ofJvm() : store(trust));
        TrustManager[] managers = factory.getTrustManagers();
        if (trust.serverName().isEmpty()) {
            return managers;
        }
        return Arrays.stream(managers)
                .map(each -> each instanceof X509ExtendedTrustManager extended
                        ? new NamedServer(extended, trust.serverName())
                        : each)
                .toArray(TrustManager[]::new);
    }

    private static @Nullable KeyStore ofJvm() {
        return null;
    }

    private static KeyStore store(ServerTrust trust) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int count = 0;
        for (X509Certificate each : trust.authorities()) {
            store.setCertificateEntry("authority-" + count++, each);
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
