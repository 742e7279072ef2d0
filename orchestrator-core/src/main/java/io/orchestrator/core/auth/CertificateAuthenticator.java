package io.orchestrator.core.auth;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Users by client certificate: the common name is the user, each organisation a group, as in Kubernetes. A certificate
 * counts when the authority signed it itself, it is within its time, and it was issued for clients.
 */
public final class CertificateAuthenticator implements Authenticator {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private final X509Certificate authority;
    private final Clock clock;

    public CertificateAuthenticator(X509Certificate authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public Optional<UserInfo> authenticate(Evidence evidence) {
        if (evidence.peerCertificates().isEmpty()) {
            return Optional.empty();
        }
        X509Certificate certificate = evidence.peerCertificates().get(0);
        return isTrusted(certificate) ? userOf(certificate) : Optional.empty();
    }

    private boolean isTrusted(X509Certificate certificate) {
        try {
            certificate.verify(authority.getPublicKey());
            certificate.checkValidity(Date.from(clock.instant()));
            List<String> usage = certificate.getExtendedKeyUsage();
            return usage != null && usage.contains(CLIENT_AUTH);
        } catch (GeneralSecurityException untrusted) {
            // Not ours, expired or malformed: all mean the same to the caller, who answers 401.
            return false;
        }
    }

    private static Optional<UserInfo> userOf(X509Certificate certificate) {
        String name = "";
        List<String> groups = new ArrayList<>();
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    name = part.getValue().toString();
                } else if (part.getType().equalsIgnoreCase("O")) {
                    groups.add(part.getValue().toString());
                }
            }
        } catch (InvalidNameException unreadable) {
            return Optional.empty();
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(UserInfo.authenticated(name, "", groups));
    }
}
