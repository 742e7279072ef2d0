package io.orchestrator.core.auth;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A certificate with its private key: what a server shows, or a client, or an authority signs with. */
public record Identity(X509Certificate certificate, PrivateKey key) {
    private static final int SALT = 8;
    private static final int PEM_LINE = 64;

    /** Reads what {@link #certificatePem()} and {@link #keyPem()} wrote. */
    public static Identity fromPem(String certificatePem, String keyPem) throws GeneralSecurityException {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificatePem.getBytes(StandardCharsets.US_ASCII)));
        byte[] encoded = Base64.getMimeDecoder().decode(keyPem.replaceAll("-----[A-Z ]+-----", ""));
        PrivateKey key = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        return new Identity(certificate, key);
    }

    public String certificatePem() {
        return certificatePem(certificate);
    }

    /** PKCS #8. */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /**
     * The key in the form of its own algorithm, for files that strangers read: clients in Java tell an elliptic key from
     * others by the label alone. Of other algorithms, PKCS #8.
     */
    public String traditionalKeyPem() {
        if (!key.getAlgorithm().equals("EC")) {
            return keyPem();
        }
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
            SubjectPublicKeyInfo publicInfo =
                    SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
            ECPrivateKey traditional = new ECPrivateKey(
                    ((java.security.interfaces.ECPrivateKey) key)
                            .getParams()
                            .getOrder()
                            .bitLength(),
                    ECPrivateKey.getInstance(info.parsePrivateKey()).getKey(),
                    publicInfo.getPublicKeyData(),
                    info.getPrivateKeyAlgorithm().getParameters());
            return pem("EC PRIVATE KEY", traditional.getEncoded());
        } catch (java.io.IOException e) {
            throw new IllegalStateException("a key that was made or parsed cannot be encoded", e);
        }
    }

    /** A key store that holds this identity alone, under the given password. */
    public KeyStore keyStore(char[] password, X509Certificate authority) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            // It stays in memory, where the many rounds that protect a key in a file would only take time.
            store.setEntry(
                    "identity",
                    new KeyStore.PrivateKeyEntry(key, new X509Certificate[] {certificate, authority}),
                    new KeyStore.PasswordProtection(
                            password, "PBEWithSHA1AndDESede", new PBEParameterSpec(new byte[SALT], 1)));
            return store;
        } catch (java.io.IOException e) {
            throw new GeneralSecurityException("an empty key store could not be made", e);
        }
    }

    public static String certificatePem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was parsed cannot be encoded", e);
        }
    }

    private static String pem(String label, byte[] content) {
        String body = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    @Override
    public String toString() {
        return "Identity[" + certificate.getSubjectX500Principal() + "]";
    }
}
