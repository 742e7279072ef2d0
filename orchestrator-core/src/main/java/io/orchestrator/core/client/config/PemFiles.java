package io.orchestrator.core.client.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and keys in PEM, in every form that kubeconfig files have them. Pure. */
public final class PemFiles {
    private PemFiles() {}

    /** @throws ConfigException when it holds none */
    public static List<X509Certificate> certificates(String pem, String where) {
        List<X509Certificate> all = new ArrayList<>();
        try {
            for (Certificate each : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                all.add((X509Certificate) each);
            }
        } catch (GeneralSecurityException e) {
            throw new ConfigException(where + " cannot be read: " + e.getMessage(), e);
        }
        if (all.isEmpty()) {
            throw new ConfigException(where + " holds no certificate in PEM");
        }
        return all;
    }

    /** PKCS #8, PKCS #1 and SEC 1. @throws ConfigException when it holds none, or one under a password */
    public static PrivateKey key(String pem, String where) {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (found instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
                if (found.getClass().getSimpleName().contains("Encrypted")) {
                    throw new ConfigException(where + " is under a password, which is not supported");
                }
            }
        } catch (IOException e) {
            throw new ConfigException(where + " cannot be read: " + e.getMessage(), e);
        }
        throw new ConfigException(where + " holds no private key in PEM");
    }

    public static ClientIdentity identity(String certificatePem, String keyPem, String where) {
        return new ClientIdentity(
                certificates(certificatePem, "the client certificate of " + where),
                key(keyPem, "the client key of " + where));
    }
}
