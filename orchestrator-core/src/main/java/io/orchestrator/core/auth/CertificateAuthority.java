package io.orchestrator.core.auth;

import io.orchestrator.core.auth.signing.RequestedCertificate;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The cluster's own certificate authority: made at start, or loaded. Keys are P-256, which every client of Kubernetes
 * reads and which takes a millisecond to make. Thread-safe.
 */
public final class CertificateAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration YEAR = Duration.ofDays(365);
    /** Clocks of clients may be behind ours. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private static final int SERIAL_BITS = 120;

    private final Identity identity;
    private final Clock clock;
    private final SecureRandom random;
    private final Duration leafLife;

    private CertificateAuthority(Identity identity, Clock clock, SecureRandom random, Duration leafLife) {
        this.identity = identity;
        this.clock = clock;
        this.random = random;
        this.leafLife = leafLife;
    }

    /** A new authority under this common name. */
    public static CertificateAuthority create(String name, Clock clock, SecureRandom random) {
        KeyPair keys = newKeys(random);
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
        Instant now = clock.instant();
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(SERIAL_BITS, random),
                    Date.from(now.minus(BACKDATED)),
                    Date.from(now.plus(AUTHORITY_LIFE)),
                    subject,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            X509Certificate certificate = sign(builder, keys.getPrivate());
            return new CertificateAuthority(new Identity(certificate, keys.getPrivate()), clock, random, YEAR);
        } catch (CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException("the certificate authority could not be made", e);
        }
    }

    /** An authority that was made before. */
    public static CertificateAuthority of(Identity identity, Clock clock, SecureRandom random) {
        return new CertificateAuthority(identity, clock, random, YEAR);
    }

    /** The same authority, whose certificates are good for so long and no longer; a year otherwise. */
    public CertificateAuthority issuingFor(Duration life) {
        if (life.isNegative() || life.isZero()) {
            throw new IllegalArgumentException("certificates must be good for some time, not " + life);
        }
        return new CertificateAuthority(identity, clock, random, life);
    }

    public Identity identity() {
        return identity;
    }

    public X509Certificate certificate() {
        return identity.certificate();
    }

    public String certificatePem() {
        return identity.certificatePem();
    }

    /** A server's identity for these DNS names and IP addresses, the first of which is its common name. */
    public Identity issueServer(List<String> dnsNames, List<String> addresses) {
        List<GeneralName> names = new ArrayList<>();
        dnsNames.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        addresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
        X500Name subject =
                new X500NameBuilder().addRDN(BCStyle.CN, dnsNames.get(0)).build();
        return issue(subject, KeyPurposeId.id_kp_serverAuth, names, leafLife);
    }

    /** A client's identity: the user and its groups. */
    public Identity issueClient(String user, List<String> groups) {
        return issueClient(user, groups, leafLife);
    }

    /** The same for a year, however short the others are: for someone to whom nobody brings the next one. */
    public Identity issueLastingClient(String user, List<String> groups) {
        return issueClient(user, groups, YEAR);
    }

    private Identity issueClient(String user, List<String> groups, Duration life) {
        X500NameBuilder subject = new X500NameBuilder();
        groups.forEach(group -> subject.addRDN(BCStyle.O, group));
        subject.addRDN(BCStyle.CN, user);
        return issue(subject.build(), KeyPurposeId.id_kp_clientAuth, List.of(), life);
    }

    /**
     * The certificate that was asked for, as it was asked for; whether it should be made is for the caller to have decided.
     *
     * @param usages as Kubernetes names them
     * @param life at most as long as this authority's certificates are good for, and cut off where its own ends
     * @return PEM
     */
    public String issueRequested(RequestedCertificate wanted, List<String> usages, Duration life) {
        Instant now = clock.instant();
        Instant end = end(now, life.compareTo(leafLife) > 0 ? leafLife : life);
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    X500Name.getInstance(
                            identity.certificate().getSubjectX500Principal().getEncoded()),
                    new BigInteger(SERIAL_BITS, random),
                    Date.from(now.minus(BACKDATED)),
                    Date.from(end),
                    wanted.request().getSubject(),
                    wanted.request().getSubjectPublicKeyInfo());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            int keyUsage = usages.contains("key encipherment")
                    ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
                    : KeyUsage.digitalSignature;
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
            boolean server = usages.contains("server auth");
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(server ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(identity.certificate()));
            if (!wanted.names().isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(wanted.names().toArray(GeneralName[]::new)));
            }
            return Identity.certificatePem(sign(builder, identity.key()));
        } catch (java.io.IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the certificate could not be made", e);
        }
    }

    private Instant end(Instant now, Duration life) {
        Instant own = identity.certificate().getNotAfter().toInstant();
        Instant end = now.plus(life);
        return end.isAfter(own) ? own : end;
    }

    private Identity issue(X500Name subject, KeyPurposeId purpose, List<GeneralName> names, Duration life) {
        KeyPair keys = newKeys(random);
        PublicKey publicKey = keys.getPublic();
        Instant now = clock.instant();
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    identity.certificate(),
                    new BigInteger(SERIAL_BITS, random),
                    Date.from(now.minus(BACKDATED)),
                    Date.from(end(now, life)),
                    new javax.security.auth.x500.X500Principal(subject.getEncoded()),
                    publicKey);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(identity.certificate()));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return new Identity(sign(builder, identity.key()), keys.getPrivate());
        } catch (java.io.IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate for " + subject + " could not be made", e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, java.security.PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyPair newKeys(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
