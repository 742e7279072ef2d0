package io.orchestrator.core.join;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.api.model.certificates.CertificateSigningRequestBuilder;
import io.orchestrator.api.model.certificates.CertificateSigningRequestSpecBuilder;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.auth.signing.Signers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * Orders certificates of a node by the API: makes a key, which never leaves this process, posts a request, and waits until the
 * cluster has approved and signed it.
 */
public final class CertificateOrder {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PREFIX = "system:node:";
    private static final String NODES = "system:nodes";

    private final String node;
    private final SecureRandom random;
    private final Duration life;

    /** @param life that is asked for; zero leaves it to the cluster */
    public CertificateOrder(String node, SecureRandom random, Duration life) {
        this.node = node;
        this.random = random;
        this.life = life;
    }

    /** The identity by which the node is known to the API. @param client of a token's holder, or of the node itself */
    public Identity client(Client client) {
        return order(client, Signers.NODE_CLIENT, "client auth", List.of());
    }

    /** The identity by which the node's own port is known: its name, and no address, which nobody could vouch for. */
    public Identity server(Client client) {
        return order(client, Signers.NODE_SERVER, "server auth", List.of(new GeneralName(GeneralName.dNSName, node)));
    }

    private Identity order(Client client, String signer, String usage, List<GeneralName> names) {
        KeyPair keys = newKeys();
        CertificateSigningRequest request = CertificateSigningRequestBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .generateName("csr-" + node + "-")
                        .build())
                .spec(CertificateSigningRequestSpecBuilder.builder()
                        .request(Bytes.utf8(pem(keys, names)))
                        .signerName(signer)
                        .usages(List.of("digital signature", usage))
                        .expirationSeconds(life.isZero() ? null : (Integer) (int) life.toSeconds())
                        .build())
                .build();
        ResourceClient<CertificateSigningRequest> requests = client.resources(CertificateSigningRequest.TYPE);
        String name = requests.create(request).metadata().name();
        CertificateSigningRequest answered = requests.await(
                name, CertificateOrder::isAnswered, "certificate request " + name + " to be signed", PATIENCE);
        byte[] certificate = answered.status().certificate().toByteArray();
        if (certificate.length == 0) {
            throw new ApiException(
                    Reason.FORBIDDEN,
                    "the certificate request " + name + " was not granted: "
                            + answered.status().conditions());
        }
        try {
            return new Identity(
                    (X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(certificate)),
                    keys.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new ApiException(Reason.INTERNAL_ERROR, "the certificate of " + name + " cannot be read", e);
        }
    }

    private static boolean isAnswered(CertificateSigningRequest request) {
        return !request.status().certificate().equals(Bytes.EMPTY)
                || request.status().conditions().stream()
                        .anyMatch(each ->
                                each.type().equals("Denied") || each.type().equals("Failed"));
    }

    private String pem(KeyPair keys, List<GeneralName> names) {
        X500Name subject = new X500NameBuilder()
                .addRDN(BCStyle.O, NODES)
                .addRDN(BCStyle.CN, PREFIX + node)
                .build();
        try {
            PKCS10CertificationRequestBuilder builder =
                    new JcaPKCS10CertificationRequestBuilder(subject, keys.getPublic());
            if (!names.isEmpty()) {
                ExtensionsGenerator extensions = new ExtensionsGenerator();
                extensions.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
            }
            byte[] request = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            return "-----BEGIN CERTIFICATE REQUEST-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request)
                    + "\n-----END CERTIFICATE REQUEST-----\n";
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("a certificate request could not be made", e);
        }
    }

    private KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
