package io.orchestrator.core.auth.signing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;

/** What the signers that every cluster has would sign. Pure functions. */
public final class Signers {
    /** For whoever wants to be known to the API server. */
    public static final String CLIENT = "kubernetes.io/kube-apiserver-client";
    /** For nodes that want to be known to the API server. */
    public static final String NODE_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
    /** For nodes that are asked by the API server. */
    public static final String NODE_SERVER = "kubernetes.io/kubelet-serving";

    private static final String SIGNATURE = "digital signature";
    private static final String ENCIPHERMENT = "key encipherment";
    private static final String CLIENT_AUTH = "client auth";
    private static final String SERVER_AUTH = "server auth";

    private Signers() {}

    public static boolean know(String signer) {
        return Set.of(CLIENT, NODE_CLIENT, NODE_SERVER).contains(signer);
    }

    /** Why the signer does not sign this; empty when it does. */
    public static Optional<String> fault(String signer, RequestedCertificate wanted, List<String> usages) {
        return switch (signer) {
            case CLIENT -> usages(usages, CLIENT_AUTH);
            case NODE_CLIENT ->
                node(wanted)
                        .or(() -> wanted.hasNames()
                                ? Optional.of("no subject alternative names are allowed")
                                : Optional.empty())
                        .or(() -> usages(usages, CLIENT_AUTH));
            case NODE_SERVER -> node(wanted).or(() -> served(wanted)).or(() -> usages(usages, SERVER_AUTH));
            default -> Optional.of("nobody here signs for " + signer);
        };
    }

    private static Optional<String> node(RequestedCertificate wanted) {
        if (!wanted.organizations().equals(List.of("system:nodes"))) {
            return Optional.of("subject organization is not system:nodes");
        }
        return wanted.commonName().startsWith("system:node:")
                ? Optional.empty()
                : Optional.of("subject common name does not begin with system:node: ");
    }

    private static Optional<String> served(RequestedCertificate wanted) {
        if (!wanted.hasName(GeneralName.dNSName) && !wanted.hasName(GeneralName.iPAddress)) {
            return Optional.of("DNS or IP subjectAltName is required");
        }
        if (wanted.hasName(GeneralName.rfc822Name)) {
            return Optional.of("Email subjectAltNames are not allowed");
        }
        return wanted.hasName(GeneralName.uniformResourceIdentifier)
                ? Optional.of("URI subjectAltNames are not allowed")
                : Optional.empty();
    }

    private static Optional<String> usages(List<String> usages, String purpose) {
        boolean fit = usages.contains(purpose)
                && usages.contains(SIGNATURE)
                && Set.of(purpose, SIGNATURE, ENCIPHERMENT).containsAll(usages);
        boolean plainClient = purpose.equals(CLIENT_AUTH)
                && usages.contains(purpose)
                && Set.of(purpose, SIGNATURE, ENCIPHERMENT).containsAll(usages);
        return fit || plainClient
                ? Optional.empty()
                : Optional.of("usages did not match: " + purpose + ", " + SIGNATURE + " and maybe " + ENCIPHERMENT
                        + " are expected");
    }
}
