package io.orchestrator.core.webhook;

import io.orchestrator.api.meta.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS that trusts the authorities of a configuration and no others; those of the platform where it names none. Thread-safe. */
final class Authorities {
    private static final int FORGOTTEN_BEYOND = 200;

    private final Map<Bytes, SSLContext> known = new ConcurrentHashMap<>();

    SSLContext context(Bytes pem) throws IOException {
        SSLContext context = known.get(pem);
        if (context == null) {
            context = make(pem);
            if (known.size() > FORGOTTEN_BEYOND) {
                known.clear();
            }
            known.put(pem, context);
        }
        return context;
    }

    private static SSLContext make(Bytes pem) throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(pem.isEmpty() ? platform() : store(pem));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("unable to load root certificates: " + e.getMessage(), e);
        }
    }

    private static @Nullable KeyStore platform() {
        return null;
    }

    private static KeyStore store(Bytes pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int count = 0;
        for (Certificate each : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.toByteArray()))) {
            store.setCertificateEntry("authority-" + count++, each);
        }
        if (count == 0) {
            throw new GeneralSecurityException("unable to parse bytes as PEM block");
        }
        return store;
    }
}
