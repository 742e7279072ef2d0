package io.orchestrator.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final SecureRandom random = new SecureRandom();
    private final CertificateAuthority authority = CertificateAuthority.create("orchestrator-ca", clock, random);

    @Test
    void aClientCertificateNamesItsUserAndGroups() {
        Identity client = authority.issueClient("jane", List.of("system:masters", "ops"));

        assertThat(authenticator(clock).authenticate(evidence(client.certificate())))
                .hasValueSatisfying(user -> {
                    assertThat(user.name()).isEqualTo("jane");
                    assertThat(user.groups()).contains("system:masters", "ops", "system:authenticated");
                });
    }

    @Test
    void aCertificateOfAnotherAuthorityWithTheSameNameIsNobody() {
        CertificateAuthority stranger = CertificateAuthority.create("orchestrator-ca", clock, random);

        X509Certificate forged =
                stranger.issueClient("jane", List.of("system:masters")).certificate();

        assertThat(authenticator(clock).authenticate(evidence(forged))).isEmpty();
    }

    @Test
    void aServerCertificateIsNoClient() {
        Identity server = authority.issueServer(List.of("localhost"), List.of("127.0.0.1"));

        assertThat(authenticator(clock).authenticate(evidence(server.certificate())))
                .isEmpty();
    }

    @Test
    void anExpiredCertificateIsNobody() {
        Identity client = authority.issueClient("jane", List.of());
        Clock later = Clock.offset(clock, Duration.ofDays(366));

        assertThat(authenticator(later).authenticate(evidence(client.certificate())))
                .isEmpty();
    }

    @Test
    void aCertificateThatWasGoodIsNobodyOnceItHasExpired() {
        Identity client = authority.issueClient("jane", List.of());
        AtomicReference<Instant> time = new AtomicReference<>(NOW);
        CertificateAuthenticator authenticator = new CertificateAuthenticator(authority.certificate(), clockAt(time));

        assertThat(authenticator.authenticate(evidence(client.certificate()))).isPresent();
        assertThat(authenticator.authenticate(evidence(client.certificate()))).isPresent();
        time.set(client.certificate().getNotAfter().toInstant());
        assertThat(authenticator.authenticate(evidence(client.certificate()))).isPresent();
        time.set(client.certificate().getNotAfter().toInstant().plusMillis(1));
        assertThat(authenticator.authenticate(evidence(client.certificate()))).isEmpty();
        time.set(client.certificate().getNotBefore().toInstant().minusMillis(1));
        assertThat(authenticator.authenticate(evidence(client.certificate()))).isEmpty();
    }

    @Test
    void anIdentityReadsBackFromItsPem() throws Exception {
        Identity client = authority.issueClient("jane", List.of("ops"));

        Identity read = Identity.fromPem(client.certificatePem(), client.keyPem());

        assertThat(read.certificate()).isEqualTo(client.certificate());
        assertThat(read.key()).isEqualTo(client.key());
    }

    @Test
    void theTraditionalFormOfAKeyNamesItsAlgorithmAndHoldsTheSameKey() throws Exception {
        Identity client = authority.issueClient("jane", List.of());

        try (PEMParser parser = new PEMParser(new StringReader(client.traditionalKeyPem()))) {
            PEMKeyPair pair = (PEMKeyPair) parser.readObject();
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            assertThat(((ECPrivateKey) converter.getPrivateKey(pair.getPrivateKeyInfo())).getS())
                    .isEqualTo(((ECPrivateKey) client.key()).getS());
            assertThat(converter.getPublicKey(pair.getPublicKeyInfo()))
                    .isEqualTo(client.certificate().getPublicKey());
        }
        assertThat(client.traditionalKeyPem()).startsWith("-----BEGIN EC PRIVATE KEY-----\n");
    }

    @Test
    void aServerCertificateCarriesItsNamesAndAddresses() throws Exception {
        Identity server = authority.issueServer(List.of("localhost", "kubernetes.default"), List.of("127.0.0.1"));

        server.certificate().verify(authority.certificate().getPublicKey());
        assertThat(server.certificate().getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly("localhost", "kubernetes.default", "127.0.0.1");
    }

    @Test
    void theKubeconfigIsReadableByItsOwnerAloneAndReplacesAnOlderOne(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("sub/config");
        Identity client = authority.issueClient("admin", List.of(UserInfo.MASTERS));
        Kubeconfig config =
                new Kubeconfig("demo", "https://127.0.0.1:6443", authority.certificatePem(), "admin", client);

        config.writeTo(file);
        config.writeTo(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("current-context: \"admin@demo\"", "https://127.0.0.1:6443");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    private static Clock clockAt(AtomicReference<Instant> time) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return time.get();
            }
        };
    }

    private CertificateAuthenticator authenticator(Clock at) {
        return new CertificateAuthenticator(authority.certificate(), at);
    }

    private static Authenticator.Evidence evidence(X509Certificate certificate) {
        return new Authenticator.Evidence(List.of(certificate), "");
    }
}
