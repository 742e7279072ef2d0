package io.orchestrator.testkit.simulation;

import static io.orchestrator.testkit.simulation.FaultStory.between;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.api.model.certificates.CertificateSigningRequestBuilder;
import io.orchestrator.api.model.certificates.CertificateSigningRequestConditionBuilder;
import io.orchestrator.api.model.certificates.CertificateSigningRequestSpecBuilder;
import io.orchestrator.core.auth.signing.Signers;
import io.orchestrator.core.control.certificates.ApprovingReconciler;
import io.orchestrator.core.control.certificates.SigningReconciler;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Requests of certificates: of a node, which may have it; of a user, which people approve or deny; and one that is no good. */
final class CertificateStory {
    private static final Bytes NODES = request("O=system:nodes,CN=system:node:a");
    private static final Bytes USERS = request("CN=jane");

    private CertificateStory() {}

    static FaultStory tell() {
        return new FaultStory(
                "requests of certificates",
                (clock, catalog) -> List.of(
                        ApprovingReconciler.spec(),
                        SigningReconciler.by((wanted, usages, life) -> "for " + wanted.commonName())),
                cluster -> {
                    Client client = cluster.sim.client();
                    client.create(asks("node", NODES, Signers.NODE_CLIENT, "client auth"));
                    client.create(asks("jane", USERS, Signers.CLIENT, "client auth"));
                    client.create(asks("john", USERS, Signers.CLIENT, "client auth"));
                    client.create(asks("odd", USERS, Signers.CLIENT, "server auth"));
                    between(cluster);
                    decide(client, "jane", "Approved");
                    decide(client, "john", "Denied");
                    decide(client, "odd", "Approved");
                },
                client -> client.resources(CertificateSigningRequest.TYPE).list().items().stream()
                        .map(request -> request.metadata().name()
                                + request.status().conditions().stream()
                                        .map(condition -> condition.type())
                                        .toList()
                                + (request.status().certificate().equals(Bytes.EMPTY) ? "" : " signed"))
                        .toList()
                        .toString());
    }

    private static void decide(Client client, String name, String type) {
        ResourceClient<CertificateSigningRequest> requests = client.resources(CertificateSigningRequest.TYPE);
        CertificateSigningRequest request = requests.get(name);
        requests.updateSubresource(
                name,
                "approval",
                request.withStatus(request.status()
                        .withConditions(List.of(CertificateSigningRequestConditionBuilder.builder()
                                .type(type)
                                .status("True")
                                .reason("ByHand")
                                .build()))));
    }

    private static CertificateSigningRequest asks(String name, Bytes request, String signer, String usage) {
        return CertificateSigningRequestBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .spec(CertificateSigningRequestSpecBuilder.builder()
                        .request(request)
                        .signerName(signer)
                        .usages(List.of("digital signature", usage))
                        .build())
                .build();
    }

    private static Bytes request(String subject) {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
            byte[] encoded = new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            return Bytes.utf8("-----BEGIN CERTIFICATE REQUEST-----\n"
                    + Base64.getMimeEncoder().encodeToString(encoded)
                    + "\n-----END CERTIFICATE REQUEST-----\n");
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
